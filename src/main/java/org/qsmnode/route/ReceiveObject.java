package org.qsmnode.route;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.qsmnode.camel.DicomConstants;
import org.qsmnode.camel.DicomEvent;
import org.qsmnode.camel.DicomStatusException;
import org.qsmnode.camel.StorageClasses;
import org.qsmnode.series.header.HeaderTooLargeException;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.SameObject;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Instances;
import org.qsmnode.store.Spool;
import org.qsmnode.store.SpooledObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a received object durable: checks it, forces it into the spool and adds its ledger row.
 * When this returns the sender may be told 0000; nothing after it can delay that.
 */
final class ReceiveObject implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(ReceiveObject.class);

  /** So many that two associations hardly ever wait for each other over different objects. */
  private static final int LOCKS = 1024;

  private final Spool spool;
  private final Instances instances;
  private final NodeSettings settings;
  private final Clock clock;
  private final ReceiveMeters meters;
  private final ReceivedStudies received;

  /** Copies of one object that come at once are settled one after the other. */
  private final Lock[] settling = new Lock[LOCKS];

  ReceiveObject(NodeParts parts) {
    this.spool = parts.spool();
    this.instances = parts.ledger().instances();
    this.settings = parts.settings();
    this.clock = parts.clock();
    this.meters = new ReceiveMeters(parts.meters());
    this.received = parts.received();
    Arrays.setAll(settling, i -> new ReentrantLock());
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    SpooledObject object = exchange.getIn().getMandatoryBody(SpooledObject.class);
    String sopClass = header(exchange, DicomConstants.SOP_CLASS_UID);
    String sopInstance = header(exchange, DicomConstants.SOP_INSTANCE_UID);
    receive(
        object,
        sopClass,
        sopInstance,
        new DicomEvent.Caller(
            header(exchange, DicomConstants.CALLING_AE_TITLE),
            exchange.getIn().getHeader(DicomConstants.REMOTE_ADDRESS, "", String.class)));
  }

  /** Takes one object; the caller closes it. */
  void receive(SpooledObject object, String sopClass, String sopInstance, DicomEvent.Caller sender)
      throws IOException, DicomStatusException {
    object.flush();
    Failpoint.RECEIVE_WRITTEN.reach();
    IndexedInstance index = index(object);
    check(index, sopClass, sopInstance);
    Lock settled = settling[Math.floorMod(sopInstance.hashCode(), LOCKS)];
    settled.lock();
    try {
      String path = spool.keep(object, index.studyInstanceUid(), sopInstance);
      InstanceRow row = row(index, object, path, sender.aeTitle());
      Path file = spool.file(path);
      if (instances.add(
          row,
          row.receivedAt().plus(settings.completeness().quietAfterCount()),
          () -> Files.exists(file))) {
        meters.received(object.dataSetBytes());
      } else {
        path = instances.find(sopInstance).orElseThrow().path();
        cameAgain(sopInstance, file, spool.file(path));
      }
      Failpoint.RECEIVE_ROW.reach();
      received.received(sender, row.studyInstanceUid(), sopClass, spool.file(path));
    } finally {
      settled.unlock();
    }
  }

  /** Equal content in one encoding has one path, and is then kept once by its name. */
  private void cameAgain(String sopInstance, Path copy, Path known)
      throws IOException, DicomStatusException {
    if (known.equals(copy) || settleCopy(copy, known)) {
      if (!Files.exists(known)) {
        throw new IOException("the object was deleted while its copy came");
      }
      meters.duplicate();
    } else {
      answerOtherContent(sopInstance);
    }
  }

  /**
   * Takes a copy of a known object out of the folder of its study.
   *
   * @return true when both hold the same object; otherwise the copy is in quarantine
   */
  private boolean settleCopy(Path copy, Path known) throws IOException {
    try {
      if (SameObject.inBoth(known, copy)) {
        Files.deleteIfExists(copy);
        return true;
      }
      spool.quarantine(copy);
      return false;
    } catch (NoSuchFileException e) {
      if (Files.exists(copy) || !Files.exists(known)) {
        throw e;
      }
      LOG.debug("another node of this spool settled a copy of {}", known.getFileName());
      return !spool.isInQuarantine(copy);
    }
  }

  private void answerOtherContent(String sopInstance) throws DicomStatusException {
    meters.conflict();
    LOG.warn("object {} came again with other content; the copy is in quarantine", sopInstance);
    if (settings.dicom().refuseOtherContent()) {
      throw new DicomStatusException(
          DicomStatusException.DUPLICATE_SOP_INSTANCE, "this UID is known with other content");
    }
  }

  private static IndexedInstance index(SpooledObject object) throws DicomStatusException {
    try {
      Optional<ByteBuffer> inMemory = object.inMemory();
      return inMemory.isPresent()
          ? InstanceReader.index(inMemory.get())
          : InstanceReader.index(object.file());
    } catch (HeaderTooLargeException e) {
      throw new DicomStatusException(
          DicomStatusException.OUT_OF_RESOURCES, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      throw new DicomStatusException(DicomStatusException.CANNOT_UNDERSTAND, e.reason().sentence());
    }
  }

  private static void check(IndexedInstance index, String sopClass, String sopInstance)
      throws DicomStatusException {
    if (!index.sopClassUid().equals(sopClass)) {
      throw new DicomStatusException(
          DicomStatusException.DATA_SET_DOES_NOT_MATCH, "SOP class differs from the command's");
    }
    if (!index.sopInstanceUid().equals(sopInstance)) {
      throw new DicomStatusException(
          DicomStatusException.DATA_SET_DOES_NOT_MATCH, "SOP instance differs from the command's");
    }
    for (String uid :
        new String[] {sopInstance, index.studyInstanceUid(), index.seriesInstanceUid()}) {
      if (!uid.matches("[0-9]+(\\.[0-9]+)*") || uid.length() > 64) {
        throw new DicomStatusException(
            DicomStatusException.CANNOT_UNDERSTAND, "a UID is not valid");
      }
    }
  }

  private InstanceRow row(
      IndexedInstance index, SpooledObject object, String path, String callingAe) {
    return new InstanceRow(
        index.sopInstanceUid(),
        index.sopClassUid(),
        index.studyInstanceUid(),
        index.seriesInstanceUid(),
        object.digest(),
        path,
        object.dataSetBytes(),
        callingAe,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        StorageClasses.IMAGES.contains(index.sopClassUid()) ? index.toJson() : null);
  }

  private static String header(Exchange exchange, String name) throws IOException {
    String value = exchange.getIn().getHeader(name, String.class);
    if (value == null) {
      throw new IOException("the exchange lacks " + name);
    }
    return value;
  }
}
