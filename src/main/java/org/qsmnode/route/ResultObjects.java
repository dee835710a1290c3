package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.ResultSeries;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;
import org.qsmnode.store.StudyResult;

/**
 * The derived series of this node, as others may query and retrieve them: those of finished jobs
 * that nobody has to review. Attributes are read from the files, since the ledger holds none of the
 * patient; headers that were read are kept.
 */
public final class ResultObjects implements RetrievableObjects {

  private static final int MOST_HEADERS = 20_000;
  private static final int[] STUDY_TAGS = {
    Tag.StudyDate,
    Tag.StudyTime,
    Tag.AccessionNumber,
    Tag.ReferringPhysicianName,
    Tag.StudyDescription,
    Tag.PatientName,
    Tag.PatientID,
    Tag.PatientBirthDate,
    Tag.PatientSex,
    Tag.StudyInstanceUID,
    Tag.StudyID
  };
  private static final int[] SERIES_TAGS = {
    Tag.SeriesDate,
    Tag.SeriesTime,
    Tag.Modality,
    Tag.Manufacturer,
    Tag.SeriesDescription,
    Tag.BodyPartExamined,
    Tag.ProtocolName,
    Tag.SeriesInstanceUID,
    Tag.SeriesNumber
  };

  private final Ledger ledger;
  private final Path results;
  private final Map<String, Attributes> headers = new ConcurrentHashMap<>();

  public ResultObjects(Ledger ledger, Path results) {
    this.ledger = ledger;
    this.results = results;
  }

  @Override
  public List<Attributes> candidates(QueryLevel level, Attributes keys) throws IOException {
    List<Attributes> entities = new ArrayList<>();
    for (List<StudyResult> study : studies(keys).values()) {
      switch (level) {
        case STUDY -> entities.add(study(study));
        case SERIES -> {
          for (StudyResult series : study) {
            entities.add(series(series));
          }
        }
        case IMAGE -> {
          for (StudyResult series : study) {
            if (names(keys, Tag.SeriesInstanceUID, series.seriesInstanceUid())) {
              entities.addAll(images(series));
            }
          }
        }
      }
    }
    return entities;
  }

  @Override
  public List<RetrievableInstance> instances(QueryLevel level, Attributes keys) {
    List<RetrievableInstance> instances = new ArrayList<>();
    for (List<StudyResult> study : studies(keys).values()) {
      for (StudyResult series : study) {
        if (level == QueryLevel.STUDY
            || names(keys, Tag.SeriesInstanceUID, series.seriesInstanceUid())) {
          files(series).stream()
              .filter(
                  file ->
                      level != QueryLevel.IMAGE
                          || names(keys, Tag.SOPInstanceUID, file.sopInstanceUid()))
              .map(file -> instance(series, file))
              .forEach(instances::add);
        }
      }
    }
    return instances;
  }

  private RetrievableInstance instance(StudyResult series, ResultSeries.ResultFile file) {
    return new RetrievableInstance(
        series.studyInstanceUid(),
        UID.MRImageStorage,
        file.sopInstanceUid(),
        UID.ExplicitVRLittleEndian,
        results.resolve(file.path()));
  }

  private Map<String, List<StudyResult>> studies(Attributes keys) {
    Map<String, List<StudyResult>> studies = new LinkedHashMap<>();
    for (StudyResult series : ledger.results().visible()) {
      if (names(keys, Tag.StudyInstanceUID, series.studyInstanceUid())) {
        studies.computeIfAbsent(series.studyInstanceUid(), uid -> new ArrayList<>()).add(series);
      }
    }
    return studies;
  }

  /** True when the key has no value or lists this UID. */
  private static boolean names(Attributes keys, int tag, String uid) {
    String[] values = keys.getStrings(tag);
    return values == null
        || values.length == 0
        || Arrays.stream(values).anyMatch(value -> value.equals(uid) || value.equals("*"));
  }

  private Attributes study(List<StudyResult> series) throws IOException {
    Attributes entity = selected(first(series.get(0)), STUDY_TAGS);
    entity.setString(Tag.ModalitiesInStudy, VR.CS, "MR");
    entity.setInt(Tag.NumberOfStudyRelatedSeries, VR.IS, series.size());
    entity.setInt(
        Tag.NumberOfStudyRelatedInstances,
        VR.IS,
        series.stream().mapToInt(one -> files(one).size()).sum());
    return entity;
  }

  private Attributes series(StudyResult series) throws IOException {
    Attributes header = first(series);
    Attributes entity = selected(header, STUDY_TAGS);
    entity.addAll(selected(header, SERIES_TAGS));
    entity.setInt(Tag.NumberOfSeriesRelatedInstances, VR.IS, files(series).size());
    return entity;
  }

  private List<Attributes> images(StudyResult series) throws IOException {
    List<Attributes> images = new ArrayList<>();
    for (ResultSeries.ResultFile file : files(series)) {
      images.add(header(file));
    }
    return images;
  }

  private static Attributes selected(Attributes header, int[] tags) {
    Attributes entity = new Attributes();
    for (int tag : tags) {
      if (header.contains(tag)) {
        entity.addSelected(header, tag);
      } else {
        entity.setNull(tag, VR.LO);
      }
    }
    entity.addSelected(header, Tag.SpecificCharacterSet);
    return entity;
  }

  private Attributes first(StudyResult series) throws IOException {
    return header(files(series).get(0));
  }

  private List<ResultSeries.ResultFile> files(StudyResult series) {
    return ledger
        .results()
        .find(series.jobId(), series.kind())
        .map(ResultSeries::files)
        .orElse(List.of());
  }

  /** The data set without pixels. */
  private Attributes header(ResultSeries.ResultFile file) throws IOException {
    Attributes known = headers.get(file.path());
    if (known != null) {
      return known;
    }
    Path path = results.resolve(file.path());
    try (DicomInputStream in =
        new DicomInputStream(new java.io.BufferedInputStream(Files.newInputStream(path)))) {
      Attributes header = in.readDataset(Tag.PixelData);
      if (headers.size() < MOST_HEADERS) {
        headers.put(file.path(), header);
      }
      return header;
    }
  }
}
