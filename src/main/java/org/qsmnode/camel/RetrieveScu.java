package org.qsmnode.camel;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.qsmnode.store.QueryLevel;

/** Retrieves from a peer in the study root model (PS3.4 C.6.2), one association a call. */
public final class RetrieveScu {

  private static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMove;
  private static final String GET = UID.StudyRootQueryRetrieveInformationModelGet;

  private final Requestor requestor;

  /**
   * An SCU for one peer; may be used by several threads at a time.
   *
   * @param options address of the peer, own AE title, security and time-outs
   * @param executor runs the associations; shut down by the caller
   * @param timers runs the time-outs; shut down by the caller
   */
  public RetrieveScu(
      DicomConfiguration options, ExecutorService executor, ScheduledExecutorService timers) {
    requestor = new Requestor(options, executor, timers);
    requestor.perform(new Store());
  }

  /** Sends one request of a retrieval. */
  private interface Request {
    DimseRSP send(Association association) throws IOException, InterruptedException;
  }

  /**
   * Has the peer send objects to an application entity (C-MOVE).
   *
   * @param keys unique keys of the level and of those above; not changed
   * @param destinationAeTitle known to the peer, for example the own consumer's
   * @param progress told each pending answer
   * @return the final answer, also where objects failed
   * @throws DicomStatusException if the peer refuses or fails altogether
   * @throws DicomSendException if it is not reached, offers no C-MOVE or ends the association
   */
  public RetrieveReport move(
      QueryLevel level,
      Attributes keys,
      String destinationAeTitle,
      Consumer<RetrieveReport> progress)
      throws DicomSendException, DicomStatusException, InterruptedException {
    Attributes identifier = QueryScu.identifier(level, keys);
    return retrieve(
        requestor.open(requestor.request(MOVE)),
        as -> as.cmove(MOVE, Priority.NORMAL, identifier, null, destinationAeTitle),
        progress);
  }

  /**
   * Has the peer send objects on the association of the request (C-GET), those of {@link
   * StorageClasses}.
   *
   * @param keys unique keys of the level and of those above; not changed
   * @param sink takes the objects; one that it refuses counts as failed
   * @param progress told each pending answer
   * @return the final answer, also where objects failed
   * @throws DicomStatusException if the peer refuses or fails altogether
   * @throws DicomSendException if it is not reached, offers no C-GET or ends the association
   */
  public RetrieveReport get(
      QueryLevel level, Attributes keys, ObjectSink sink, Consumer<RetrieveReport> progress)
      throws DicomSendException, DicomStatusException, InterruptedException {
    AAssociateRQ request = requestor.request(GET);
    int id = 3;
    for (String sopClass : StorageClasses.all()) {
      request.addPresentationContext(
          new PresentationContext(
              id, sopClass, StorageClasses.TRANSFER_SYNTAXES.toArray(String[]::new)));
      request.addRoleSelection(new RoleSelection(sopClass, false, true));
      id += 2;
    }
    Attributes identifier = QueryScu.identifier(level, keys);
    Association association = requestor.open(request);
    association.setProperty(ObjectSink.class, sink);
    return retrieve(association, as -> as.cget(GET, Priority.NORMAL, identifier, null), progress);
  }

  private RetrieveReport retrieve(
      Association association, Request request, Consumer<RetrieveReport> progress)
      throws DicomSendException, DicomStatusException, InterruptedException {
    try {
      DimseRSP response = request.send(association);
      while (response.next()) {
        RetrieveReport report = RetrieveReport.of(response.getCommand(), response.getDataset());
        if (!Status.isPending(report.status())) {
          association.release();
          return checked(report);
        }
        progress.accept(report);
      }
      throw new IOException("no final answer");
    } catch (IOException e) {
      association.abort();
      throw requestor.failed("retrieval", e);
    } catch (InterruptedException | RuntimeException e) {
      association.abort();
      throw e;
    }
  }

  private static RetrieveReport checked(RetrieveReport report) throws DicomStatusException {
    return switch (report.status()) {
      case Status.Success, Status.OneOrMoreFailures, Status.Cancel -> report;
      default -> throw DicomStatusException.answered("retrieval", report.status());
    };
  }

  private static final class Store extends BasicCStoreSCP {

    @Override
    protected void store(
        Association association,
        PresentationContext context,
        Attributes request,
        PDVInputStream data,
        Attributes response)
        throws IOException {
      String sopClass = request.getString(Tag.AffectedSOPClassUID, "");
      String sopInstance = request.getString(Tag.AffectedSOPInstanceUID, "");
      String syntax = context.getTransferSyntax();
      try {
        association
            .getProperty(ObjectSink.class)
            .store(
                sopClass,
                sopInstance,
                syntax,
                Part10Header.encode(sopClass, sopInstance, syntax, association.getCalledAET()),
                data);
      } catch (DicomStatusException e) {
        throw new DicomServiceException(e.status(), e.comment());
      } catch (IOException e) {
        if (!association.isReadyForDataTransfer()) {
          throw e;
        }
        throw new DicomServiceException(Status.OutOfResources, "the object was not stored");
      }
    }
  }
}
