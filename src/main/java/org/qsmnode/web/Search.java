package org.qsmnode.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.qsmnode.store.QueryKeyException;
import org.qsmnode.store.QueryKeys;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableObjects;

/**
 * Answers searches (QIDO-RS, PS3.18 10.6). A match holds the attributes of its level and those
 * above, as far as they are known, and what was asked for.
 */
final class Search {

  private static final int[] STUDY = {
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.ModalitiesInStudy,
    Tag.ReferringPhysicianName,
    Tag.StudyDescription,
    Tag.TimezoneOffsetFromUTC,
    Tag.PatientName,
    Tag.PatientID,
    Tag.PatientBirthDate,
    Tag.PatientSex,
    Tag.StudyInstanceUID,
    Tag.StudyID,
    Tag.NumberOfStudyRelatedSeries,
    Tag.NumberOfStudyRelatedInstances,
    Tag.SpecificCharacterSet
  };
  private static final int[] SERIES = {
    Tag.Modality,
    Tag.SeriesDescription,
    Tag.SeriesInstanceUID,
    Tag.SeriesNumber,
    Tag.NumberOfSeriesRelatedInstances,
    Tag.PerformedProcedureStepStartDate,
    Tag.PerformedProcedureStepStartTime,
    Tag.RequestAttributesSequence
  };
  private static final int[] IMAGE = {
    Tag.SOPClassUID,
    Tag.SOPInstanceUID,
    Tag.InstanceNumber,
    Tag.Rows,
    Tag.Columns,
    Tag.BitsAllocated,
    Tag.NumberOfFrames
  };

  private final RetrievableObjects objects;

  Search(RetrievableObjects objects) {
    this.objects = objects;
  }

  Reply find(QueryLevel level, WebRequest request) throws IOException {
    if (request.accepted().stream().noneMatch(MediaRange::takesDicomJson)) {
      throw new HttpRefusal(HttpRefusal.NOT_ACCEPTABLE, "Matches are application/dicom+json only.");
    }
    QidoQuery query = query(request);
    List<Attributes> matches = new ArrayList<>();
    for (Attributes entity : objects.candidates(level, query.keys())) {
      if (QueryKeys.match(query.keys(), entity)) {
        matches.add(entity);
      }
    }
    List<Attributes> page =
        matches.stream()
            .skip(query.offset())
            .limit(query.limit())
            .map(entity -> answer(level, query, entity, request.base()))
            .toList();
    Reply reply =
        page.isEmpty() ? Reply.noContent() : Reply.ok(Reply.DICOM_JSON, DicomJson.array(page));
    return reply.with(query.warnings());
  }

  private static QidoQuery query(WebRequest request) throws HttpRefusal {
    QidoQuery query = QidoQuery.of(request);
    try {
      QueryKeys.check(query.keys());
    } catch (QueryKeyException e) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, e.sentence());
    }
    return query;
  }

  private static Attributes answer(
      QueryLevel level, QidoQuery query, Attributes entity, String base) {
    Attributes answer =
        query.allFields() ? new Attributes(entity) : new Attributes(entity, tags(level, query));
    answer.setString(Tag.InstanceAvailability, VR.CS, "ONLINE");
    answer.setString(Tag.RetrieveURL, VR.UR, url(level, entity, base));
    return answer;
  }

  private static int[] tags(QueryLevel level, QidoQuery query) {
    IntStream tags = Arrays.stream(STUDY);
    if (level != QueryLevel.STUDY) {
      tags = IntStream.concat(tags, Arrays.stream(SERIES));
    }
    if (level == QueryLevel.IMAGE) {
      tags = IntStream.concat(tags, Arrays.stream(IMAGE));
    }
    return IntStream.concat(tags, query.fields().stream().mapToInt(Integer::intValue))
        .distinct()
        .sorted()
        .toArray();
  }

  /** Where an entity can be retrieved. */
  static String url(QueryLevel level, Attributes entity, String base) {
    String url = base + "/studies/" + entity.getString(Tag.StudyInstanceUID);
    if (level != QueryLevel.STUDY) {
      url += "/series/" + entity.getString(Tag.SeriesInstanceUID);
    }
    if (level == QueryLevel.IMAGE) {
      url += "/instances/" + entity.getString(Tag.SOPInstanceUID);
    }
    return url;
  }
}
