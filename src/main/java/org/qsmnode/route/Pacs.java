package org.qsmnode.route;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.qsmnode.camel.DicomEvent;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.ObjectSink;
import org.qsmnode.camel.QueryScu;
import org.qsmnode.camel.RetrieveReport;
import org.qsmnode.store.QueryLevel;

/** What one peer has, asked by C-FIND, and how it comes here, by C-MOVE or C-GET. */
final class Pacs {

  static final int MOST_STUDIES = 10_000;

  private static final int MOST_SERIES = 2_000;
  private static final int MOST_INSTANCES = 100_000;
  private static final String MR = "MR";

  private final DicomPeers peers;
  private final Destination.Dicom peer;
  private final QueryScu query;

  Pacs(DicomPeers peers, Destination.Dicom peer) {
    this.peers = peers;
    this.peer = peer;
    this.query = peers.query(peer);
  }

  /** The peer as a sender. */
  DicomEvent.Caller caller() {
    return new DicomEvent.Caller(peer.peer().aeTitle(), peer.peer().host());
  }

  private List<Attributes> find(QueryLevel level, Attributes keys, int limit)
      throws IOException, DicomStatusException, InterruptedException {
    peers.asked(peer, keys);
    return query.find(level, keys, limit).found();
  }

  /** Studies with MR series since a date, the newest last. */
  List<Attributes> studies(LocalDate since)
      throws IOException, DicomStatusException, InterruptedException {
    Attributes keys = studyKeys();
    keys.setString(Tag.StudyDate, VR.DA, since.format(DateTimeFormatter.BASIC_ISO_DATE) + "-");
    keys.setString(Tag.ModalitiesInStudy, VR.CS, MR);
    return find(QueryLevel.STUDY, keys, MOST_STUDIES).stream()
        .filter(study -> hasMr(study.getStrings(Tag.ModalitiesInStudy)))
        .toList();
  }

  private static boolean hasMr(String @org.jspecify.annotations.Nullable [] modalities) {
    return modalities == null || modalities.length == 0 || List.of(modalities).contains(MR);
  }

  /** One study with the identity of its patient, empty when the peer does not have it. */
  Optional<Attributes> study(String studyInstanceUid)
      throws IOException, DicomStatusException, InterruptedException {
    Attributes keys = studyKeys();
    keys.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
    return find(QueryLevel.STUDY, keys, 2).stream()
        .filter(study -> studyInstanceUid.equals(study.getString(Tag.StudyInstanceUID)))
        .findFirst();
  }

  /** The series of a study. */
  List<Attributes> series(String studyInstanceUid)
      throws IOException, DicomStatusException, InterruptedException {
    Attributes keys = new Attributes();
    keys.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
    keys.setNull(Tag.SeriesInstanceUID, VR.UI);
    keys.setNull(Tag.Modality, VR.CS);
    keys.setNull(Tag.SeriesDescription, VR.LO);
    keys.setNull(Tag.NumberOfSeriesRelatedInstances, VR.IS);
    return find(QueryLevel.SERIES, keys, MOST_SERIES);
  }

  /** SOP Instance UIDs that the peer has of a series. */
  Set<String> instances(String studyInstanceUid, String seriesInstanceUid)
      throws IOException, DicomStatusException, InterruptedException {
    Attributes keys = new Attributes();
    keys.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
    keys.setString(Tag.SeriesInstanceUID, VR.UI, seriesInstanceUid);
    keys.setNull(Tag.SOPInstanceUID, VR.UI);
    Set<String> found = new HashSet<>();
    for (Attributes image : find(QueryLevel.IMAGE, keys, MOST_INSTANCES)) {
      found.add(image.getString(Tag.SOPInstanceUID, ""));
    }
    return found;
  }

  /** True when the peer has all these objects of a series. */
  boolean has(String studyInstanceUid, String seriesInstanceUid, Collection<String> sopInstanceUids)
      throws IOException, DicomStatusException, InterruptedException {
    return instances(studyInstanceUid, seriesInstanceUid).containsAll(sopInstanceUids);
  }

  /**
   * Has a series come here.
   *
   * @param moveTo own AE title for C-MOVE, empty for C-GET into the sink
   */
  RetrieveReport retrieve(
      String studyInstanceUid, String seriesInstanceUid, Optional<String> moveTo, ObjectSink sink)
      throws IOException, DicomStatusException, InterruptedException {
    Attributes keys = new Attributes();
    keys.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
    keys.setString(Tag.SeriesInstanceUID, VR.UI, seriesInstanceUid);
    return moveTo.isPresent()
        ? peers.retrieve(peer).move(QueryLevel.SERIES, keys, moveTo.get(), report -> {})
        : peers.retrieve(peer).get(QueryLevel.SERIES, keys, sink, report -> {});
  }

  private static Attributes studyKeys() {
    Attributes keys = new Attributes();
    keys.setNull(Tag.StudyInstanceUID, VR.UI);
    keys.setNull(Tag.StudyDate, VR.DA);
    keys.setNull(Tag.ModalitiesInStudy, VR.CS);
    keys.setNull(Tag.NumberOfStudyRelatedSeries, VR.IS);
    keys.setNull(Tag.PatientName, VR.PN);
    keys.setNull(Tag.PatientID, VR.LO);
    keys.setNull(Tag.PatientBirthDate, VR.DA);
    keys.setNull(Tag.PatientSex, VR.CS);
    return keys;
  }
}
