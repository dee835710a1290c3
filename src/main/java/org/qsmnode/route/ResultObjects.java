package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.derive.DerivedKind;
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
  static final int[] PATIENT_TAGS = {
    Tag.PatientName, Tag.PatientID, Tag.IssuerOfPatientID, Tag.PatientBirthDate, Tag.PatientSex
  };
  static final int[] STUDY_TAGS = {
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
  static final int[] SERIES_TAGS = {
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

  /** A derived series and its files. */
  private record Found(StudyResult series, List<ResultSeries.ResultFile> files) {}

  @Override
  public List<Attributes> candidates(QueryLevel level, Attributes keys) throws IOException {
    List<Attributes> entities = new ArrayList<>();
    Collection<List<Found>> studies = studies(keys).values();
    if (level == QueryLevel.PATIENT) {
      return patients(studies);
    }
    for (List<Found> study : studies) {
      switch (level) {
        case STUDY -> entities.add(study(study));
        case SERIES -> {
          for (Found found : study) {
            entities.add(series(found));
          }
        }
        default -> {
          for (Found found : study) {
            if (names(keys, Tag.SeriesInstanceUID, found.series().seriesInstanceUid())) {
              for (ResultSeries.ResultFile file : found.files()) {
                entities.add(header(file));
              }
            }
          }
        }
      }
    }
    return entities;
  }

  @Override
  public List<RetrievableInstance> instances(QueryLevel level, Attributes keys) throws IOException {
    List<RetrievableInstance> instances = new ArrayList<>();
    for (List<Found> study : studies(keys).values()) {
      if (keys.containsValue(Tag.PatientID)
          && !names(keys, Tag.PatientID, first(study).getString(Tag.PatientID, ""))) {
        continue;
      }
      for (Found found : study) {
        if (level.compareTo(QueryLevel.STUDY) <= 0
            || names(keys, Tag.SeriesInstanceUID, found.series().seriesInstanceUid())) {
          found.files().stream()
              .filter(
                  file ->
                      level != QueryLevel.IMAGE
                          || names(keys, Tag.SOPInstanceUID, file.sopInstanceUid()))
              .map(file -> instance(found.series(), file))
              .forEach(instances::add);
        }
      }
    }
    return instances;
  }

  private RetrievableInstance instance(StudyResult series, ResultSeries.ResultFile file) {
    return new RetrievableInstance(
        series.studyInstanceUid(),
        DerivedKind.ofFolder(series.kind()).sopClassUid(),
        file.sopInstanceUid(),
        UID.ExplicitVRLittleEndian,
        results.resolve(file.path()),
        file.digest());
  }

  private Map<String, List<Found>> studies(Attributes keys) {
    Map<String, List<Found>> studies = new LinkedHashMap<>();
    for (StudyResult series : ledger.results().visible()) {
      if (names(keys, Tag.StudyInstanceUID, series.studyInstanceUid())) {
        ledger
            .results()
            .find(series.jobId(), series.kind())
            .map(result -> new Found(series, result.files()))
            .filter(found -> !found.files().isEmpty())
            .ifPresent(
                found ->
                    studies
                        .computeIfAbsent(series.studyInstanceUid(), uid -> new ArrayList<>())
                        .add(found));
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

  /** Patients are the same where ID and issuer are. */
  private List<Attributes> patients(Collection<List<Found>> studies) throws IOException {
    Map<List<String>, List<List<Found>>> byPatient = new LinkedHashMap<>();
    for (List<Found> study : studies) {
      Attributes header = first(study);
      List<String> patient =
          List.of(header.getString(Tag.PatientID, ""), header.getString(Tag.IssuerOfPatientID, ""));
      byPatient.computeIfAbsent(patient, key -> new ArrayList<>()).add(study);
    }
    List<Attributes> entities = new ArrayList<>();
    for (List<List<Found>> ofPatient : byPatient.values()) {
      List<Found> series = ofPatient.stream().flatMap(List::stream).toList();
      Attributes entity = selected(first(series), PATIENT_TAGS);
      entity.setInt(Tag.NumberOfPatientRelatedStudies, VR.IS, ofPatient.size());
      entity.setInt(Tag.NumberOfPatientRelatedSeries, VR.IS, series.size());
      entity.setInt(Tag.NumberOfPatientRelatedInstances, VR.IS, objects(series));
      entities.add(entity);
    }
    return entities;
  }

  private Attributes study(List<Found> series) throws IOException {
    Attributes entity = selected(first(series), STUDY_TAGS);
    entity.setString(Tag.ModalitiesInStudy, VR.CS, "MR");
    entity.setInt(Tag.NumberOfStudyRelatedSeries, VR.IS, series.size());
    entity.setInt(Tag.NumberOfStudyRelatedInstances, VR.IS, objects(series));
    return entity;
  }

  private Attributes first(List<Found> series) throws IOException {
    return header(series.get(0).files().get(0));
  }

  private static int objects(List<Found> series) {
    return series.stream().mapToInt(found -> found.files().size()).sum();
  }

  private Attributes series(Found found) throws IOException {
    Attributes header = header(found.files().get(0));
    Attributes entity = selected(header, STUDY_TAGS);
    select(header, entity, SERIES_TAGS);
    entity.setInt(Tag.NumberOfSeriesRelatedInstances, VR.IS, found.files().size());
    return entity;
  }

  /** The character set comes first: without it no text of one can be added. */
  private static Attributes selected(Attributes header, int[] tags) {
    Attributes entity = new Attributes();
    entity.addSelected(header, Tag.SpecificCharacterSet);
    select(header, entity, tags);
    return entity;
  }

  private static void select(Attributes header, Attributes entity, int[] tags) {
    for (int tag : tags) {
      if (header.contains(tag)) {
        entity.addSelected(header, tag);
      } else {
        entity.setNull(tag, VR.LO);
      }
    }
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
      Attributes header = in.readDatasetUntilPixelData();
      if (headers.size() < MOST_HEADERS) {
        headers.put(file.path(), header);
      }
      return header;
    }
  }
}
