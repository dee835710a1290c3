package org.qsmnode.camel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;

/**
 * Sends files and verifies peers, one association a call (PS3.4 annexes A and B, PS3.7 9.1).
 *
 * <p>A data set is sent as the bytes that are stored; only where the peer took nothing but Implicit
 * VR Little Endian is an Explicit VR Little Endian file encoded anew. One SCU may be used by
 * several threads at a time.
 */
public final class DicomScu {

  private static final int MAX_CONTEXTS = 128;

  private final ExecutorService executor;
  private final ScheduledExecutorService timers;
  private final Requestor requestor;

  /**
   * An SCU for one peer.
   *
   * @param options address of the peer, own AE title and time-outs
   * @param executor runs the associations; shut down by the caller
   * @param timers runs the time-outs; shut down by the caller
   */
  public DicomScu(
      DicomConfiguration options, ExecutorService executor, ScheduledExecutorService timers) {
    this.executor = executor;
    this.timers = timers;
    this.requestor = new Requestor(options, executor, timers);
  }

  ExecutorService executor() {
    return executor;
  }

  ScheduledExecutorService timers() {
    return timers;
  }

  /** C-ECHO; fails with {@link DicomSendException} unless the answer is success. */
  public void echo() throws DicomSendException, InterruptedException {
    AAssociateRQ request = requestor.request();
    request.addPresentationContextFor(UID.Verification, UID.ImplicitVRLittleEndian);
    Association association = requestor.open(request);
    try {
      DimseRSP response = association.cecho();
      response.next();
      int status = response.getCommand().getInt(Tag.Status, -1);
      if (status != 0) {
        throw new IOException(String.format("C-ECHO was answered %04X", status));
      }
      association.release();
    } catch (IOException e) {
      association.abort();
      throw requestor.failed("verification", e);
    }
  }

  /**
   * Stores files over one association.
   *
   * @param files Part 10 files
   * @param progress told the number of answered objects after each
   * @return the answer to each file, in order
   */
  public StoreReport store(List<Path> files, IntConsumer progress)
      throws IOException, InterruptedException {
    List<Part10Header> headers = new ArrayList<>();
    for (Path file : files) {
      headers.add(Part10Header.read(file));
    }
    Association association = requestor.open(storeRequest(headers));
    List<StoreReport.Outcome> outcomes = new ArrayList<>();
    try {
      boolean full = false;
      for (int i = 0; i < files.size(); i++) {
        Part10Header header = headers.get(i);
        int status =
            full ? StoreReport.Outcome.NOT_SENT : storeOne(association, files.get(i), header);
        full |= (status & 0xFF00) == 0xA700;
        outcomes.add(new StoreReport.Outcome(header.sopInstanceUid(), status));
        progress.accept(outcomes.size());
      }
      association.release();
    } catch (IOException e) {
      association.abort();
      if (outcomes.size() < files.size()) {
        throw requestor.failed(
            "storing object " + (outcomes.size() + 1) + " of " + files.size(), e);
      }
    } catch (InterruptedException e) {
      association.abort();
      throw e;
    }
    return new StoreReport(outcomes);
  }

  private static int storeOne(Association association, Path file, Part10Header header)
      throws IOException, InterruptedException {
    Optional<String> syntax =
        StoredDataSet.syntaxFor(
            association.getTransferSyntaxesFor(header.sopClassUid()), header.transferSyntaxUid());
    if (syntax.isEmpty()) {
      return StoreReport.Outcome.NOT_NEGOTIATED;
    }
    return answer(
        association.cstore(
            header.sopClassUid(),
            header.sopInstanceUid(),
            Priority.NORMAL,
            StoredDataSet.writer(file, header.transferSyntaxUid(), syntax.get()),
            syntax.get()));
  }

  private static int answer(DimseRSP response) throws IOException, InterruptedException {
    response.next();
    return response.getCommand().getInt(Tag.Status, -1);
  }

  private AAssociateRQ storeRequest(List<Part10Header> headers) throws DicomSendException {
    Map<String, Set<String>> syntaxes = new LinkedHashMap<>();
    for (Part10Header header : headers) {
      Set<String> ofClass =
          syntaxes.computeIfAbsent(header.sopClassUid(), key -> new LinkedHashSet<>());
      ofClass.add(header.transferSyntaxUid());
      if (header.transferSyntaxUid().equals(UID.ExplicitVRLittleEndian)) {
        ofClass.add(UID.ImplicitVRLittleEndian);
      }
    }
    AAssociateRQ request = requestor.request();
    int id = 1;
    for (Map.Entry<String, Set<String>> entry : syntaxes.entrySet()) {
      for (String syntax : entry.getValue()) {
        if (id > 2 * MAX_CONTEXTS) {
          throw requestor.failed(
              "proposing", new IOException("more than 128 presentation contexts"));
        }
        request.addPresentationContext(new PresentationContext(id, entry.getKey(), syntax));
        id += 2;
      }
    }
    return request;
  }
}
