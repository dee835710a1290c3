package org.qsmnode.route;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.qsmnode.camel.DicomEvent;
import org.qsmnode.camel.QuietTrace;
import org.qsmnode.route.AuditMessage.Participant;
import org.qsmnode.route.AuditMessage.Party;
import org.qsmnode.route.AuditMessage.Subject;
import org.qsmnode.series.header.LimitedDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who did what (PS3.15 A.5.3). The node goes on where a record cannot be written, and says
 * so in the log. Used by several threads at a time.
 */
public final class AuditTrail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

  private final AuditSettings settings;
  private final String sourceId;
  private final Party own;
  private final Clock clock;
  private final List<AuditSink> sinks = new ArrayList<>();

  private AuditTrail(AuditSettings settings, String sourceId, Party own, Clock clock) {
    this.settings = settings;
    this.sourceId = sourceId;
    this.own = own;
    this.clock = clock;
  }

  /** Opens the records of a node and writes that it starts. */
  public static AuditTrail open(NodeSettings node, Clock clock) throws IOException {
    AuditTrail trail =
        new AuditTrail(node.audit(), node.name(), ownParty(node.dicom().own().aeTitle()), clock);
    AuditSettings settings = node.audit();
    if (settings.folder().isPresent()) {
      trail.sinks.add(new AuditFile(settings.folder().get(), settings.keep(), clock.getZone()));
      if (settings.syslog().isPresent()) {
        trail.sinks.add(repository(settings.syslog().get(), settings));
      }
      trail.application(AuditCode.APPLICATION_START);
    }
    return trail;
  }

  /** Records nothing. */
  public static AuditTrail none() {
    return new AuditTrail(AuditSettings.NONE, "none", Party.ae("NONE", ""), Clock.systemUTC());
  }

  private static AuditSink repository(URI address, AuditSettings settings) throws IOException {
    return address.getScheme().equals(AuditSettings.TLS)
        ? new SyslogTls(address.getHost(), address.getPort(), settings.security().orElseThrow())
        : new SyslogUdp(address.getHost(), address.getPort());
  }

  private static Party ownParty(String aeTitle) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "";
    }
    return new Party(Long.toString(ProcessHandle.current().pid()), aeTitle, host);
  }

  /** This process. */
  Party own() {
    return own;
  }

  private void application(AuditCode type) {
    write(
        AuditCode.APPLICATION_ACTIVITY,
        Optional.of(type),
        'E',
        true,
        List.of(Participant.of(own, false, AuditCode.APPLICATION)),
        List.of());
  }

  /** Records what a peer did on an association. */
  void record(DicomEvent event) {
    Party caller = party(event.caller());
    if (event instanceof DicomEvent.Refused refused) {
      refused(caller, refused.reason());
    } else if (event instanceof DicomEvent.Queried queried) {
      queried(
          caller,
          own,
          queried.sopClassUid(),
          queried.transferSyntaxUid(),
          queried.keys(),
          queried.understood());
    } else if (event instanceof DicomEvent.Retrieved retrieved) {
      retrieved(caller, retrieved);
    }
  }

  private static Party party(DicomEvent.Caller caller) {
    return Party.ae(caller.aeTitle(), caller.address());
  }

  private void refused(Party caller, String reason) {
    write(
        AuditCode.SECURITY_ALERT,
        Optional.of(AuditCode.NODE_AUTHENTICATION),
        'E',
        false,
        List.of(Participant.of(own, true), Participant.of(caller, false)),
        List.of(
            new Subject(
                caller.host().isEmpty() ? caller.userId() : caller.host(),
                AuditCode.NODE_ID,
                Optional.empty(),
                Map.of("Alert Description", reason),
                Map.of())));
  }

  /** Records a query put by one party to another. */
  void queried(
      Party asking,
      Party asked,
      String sopClassUid,
      String transferSyntaxUid,
      Attributes keys,
      boolean understood) {
    if (sinks.isEmpty()) {
      return;
    }
    write(
        AuditCode.QUERY,
        Optional.empty(),
        'E',
        understood,
        List.of(
            Participant.of(asking, true, AuditCode.SOURCE),
            Participant.of(asked, false, AuditCode.DESTINATION)),
        List.of(
            new Subject(
                sopClassUid,
                AuditCode.SOP_CLASS_UID,
                Optional.of(encoded(keys)),
                Map.of("TransferSyntax", transferSyntaxUid),
                Map.of())));
  }

  /** The identifier of a query in Implicit VR Little Endian, patient keys without their values. */
  private String encoded(Attributes keys) {
    Attributes identifier = new Attributes(keys);
    if (!settings.patientId()) {
      for (int tag : keys.tags()) {
        if (tag >>> 16 == 0x0010) {
          identifier.setNull(tag, keys.getVR(tag));
        }
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes, UID.ImplicitVRLittleEndian)) {
      out.writeDataset(null, identifier);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private void retrieved(Party caller, DicomEvent.Retrieved event) {
    Party destination = party(event.destination());
    List<Participant> participants = new ArrayList<>();
    participants.add(Participant.of(own, false, AuditCode.SOURCE));
    participants.add(
        Participant.of(destination, destination.equals(caller), AuditCode.DESTINATION));
    if (!destination.equals(caller)) {
      participants.add(Participant.of(caller, true));
    }
    write(
        AuditCode.INSTANCES_TRANSFERRED,
        Optional.empty(),
        'R',
        event.complete(),
        participants,
        List.of(Subject.study(event.studyInstanceUid(), event.objects())));
  }

  /**
   * Objects of one study on their way.
   *
   * @param source who sends them and asked for it
   * @param patientId empty where it is not to be recorded
   */
  record Transfer(
      Party source, Party destination, String studyInstanceUid, Optional<String> patientId) {

    private List<Participant> participants() {
      return List.of(
          Participant.of(source, true, AuditCode.SOURCE),
          Participant.of(destination, false, AuditCode.DESTINATION));
    }

    private List<Subject> subjects(Map<String, Integer> objects) {
      return about(studyInstanceUid, objects, patientId);
    }
  }

  void began(Transfer transfer) {
    write(
        AuditCode.BEGIN_TRANSFERRING,
        Optional.empty(),
        'E',
        true,
        transfer.participants(),
        transfer.subjects(Map.of()));
  }

  /**
   * Records the end of a transfer.
   *
   * @param objects how many were taken, by SOP Class UID
   * @param received whether they are new here, else they were read here
   */
  void ended(Transfer transfer, Map<String, Integer> objects, boolean received, boolean complete) {
    write(
        AuditCode.INSTANCES_TRANSFERRED,
        Optional.empty(),
        received ? 'C' : 'R',
        complete,
        transfer.participants(),
        transfer.subjects(objects));
  }

  /** Records that a party was given objects of a study that it asked for. */
  void fetched(Party caller, String studyInstanceUid, Map<String, Integer> objects) {
    write(
        AuditCode.INSTANCES_TRANSFERRED,
        Optional.empty(),
        'R',
        true,
        List.of(
            Participant.of(own, false, AuditCode.SOURCE),
            Participant.of(caller, true, AuditCode.DESTINATION)),
        List.of(Subject.study(studyInstanceUid, objects)));
  }

  /** Records that objects were written to a place outside, a folder. */
  void exported(Transfer transfer, Map<String, Integer> objects, boolean complete) {
    write(
        AuditCode.EXPORT,
        Optional.empty(),
        'R',
        complete,
        List.of(
            Participant.of(transfer.source(), true, AuditCode.SOURCE),
            Participant.of(transfer.destination(), false, AuditCode.DESTINATION_MEDIA)),
        transfer.subjects(objects));
  }

  /**
   * Records that objects of a study were deleted here.
   *
   * @param whole whether these are all that were received of the study, else results of it
   */
  void deleted(
      String studyInstanceUid,
      Map<String, Integer> objects,
      Optional<String> patientId,
      boolean whole) {
    write(
        whole ? AuditCode.STUDY_DELETED : AuditCode.INSTANCES_ACCESSED,
        Optional.empty(),
        'D',
        true,
        List.of(Participant.of(own, true)),
        about(studyInstanceUid, objects, patientId));
  }

  private static List<Subject> about(
      String study, Map<String, Integer> objects, Optional<String> patientId) {
    List<Subject> subjects = new ArrayList<>();
    subjects.add(Subject.study(study, objects));
    patientId.ifPresent(id -> subjects.add(Subject.of(id, AuditCode.PATIENT_NUMBER)));
    return subjects;
  }

  /** The Patient ID of an object, empty where it has none or none is to be recorded. */
  Optional<String> patientId(Path file) {
    if (!settings.patientId() || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return LimitedDataSet.text(file, Tag.PatientID);
    } catch (IOException e) {
      LOG.warn("an object cannot be read for its audit record", QuietTrace.of(e));
      return Optional.empty();
    }
  }

  private synchronized void write(
      AuditCode event,
      Optional<AuditCode> type,
      char action,
      boolean success,
      List<Participant> participants,
      List<Subject> subjects) {
    if (sinks.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    String xml =
        AuditXml.of(
            new AuditMessage(event, type, action, success, participants, subjects), sourceId, now);
    for (AuditSink sink : sinks) {
      try {
        sink.write(now, xml);
      } catch (IOException e) {
        LOG.error("an audit message was not written: {}", event.meaning(), e);
      }
    }
  }

  /** Writes that the node stops, and closes the records. */
  @Override
  public synchronized void close() {
    if (!sinks.isEmpty()) {
      application(AuditCode.APPLICATION_STOP);
    }
    for (AuditSink sink : sinks) {
      try {
        sink.close();
      } catch (IOException e) {
        LOG.error("audit records did not close", e);
      }
    }
    sinks.clear();
  }
}
