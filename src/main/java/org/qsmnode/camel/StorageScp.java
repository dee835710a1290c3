package org.qsmnode.camel;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.jspecify.annotations.Nullable;
import org.qsmnode.store.Failpoint;
import org.qsmnode.store.Spool;
import org.qsmnode.store.SpoolFullException;
import org.qsmnode.store.SpooledObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the data set of each C-STORE request into the spool and lets the route decide on it. */
final class StorageScp extends BasicCStoreSCP {

  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final DicomConsumer consumer;
  private final Spool spool;
  private final boolean quickAck;
  private final Set<String> sopClasses;
  private final List<String> storingAeTitles;

  StorageScp(
      DicomConsumer consumer, Spool spool, DicomConfiguration options, List<String> sopClasses) {
    super("*");
    this.consumer = consumer;
    this.spool = spool;
    this.quickAck = options.isQuickAck();
    this.sopClasses = Set.copyOf(sopClasses);
    this.storingAeTitles = DicomConsumer.list(options.getStoringAeTitles());
  }

  /**
   * Re-arms quick acknowledgements once the response is out. Sending puts the socket back to
   * delayed ones, and the sender's next command comes in two small segments.
   */
  @Override
  public void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes request,
      PDVInputStream data)
      throws IOException {
    super.onDimseRQ(association, context, dimse, request, data);
    Failpoint.RECEIVE_ANSWERED.reach();
    if (quickAck) {
      QuickAck.set(association.getSocket());
    }
  }

  @Override
  protected void store(
      Association association,
      PresentationContext context,
      Attributes request,
      PDVInputStream data,
      Attributes response)
      throws IOException {
    if (quickAck) {
      QuickAck.set(association.getSocket());
    }
    String sopClass = request.getString(Tag.AffectedSOPClassUID, "");
    String sopInstance = request.getString(Tag.AffectedSOPInstanceUID, "");
    check(association, context, sopClass);
    try (SpooledObject object = begin(association, context, sopClass, sopInstance)) {
      data.copyTo(object.dataSet());
      offer(association, context, sopClass, sopInstance, object);
      Failpoint.RECEIVE_ANSWER.reach();
    } catch (SpoolFullException e) {
      LOG.error("object answered A700: {}", e.getMessage());
      data.skipAll();
      throw new DicomServiceException(Status.OutOfResources, "no room for the object");
    }
  }

  private SpooledObject begin(
      Association association, PresentationContext context, String sopClass, String sopInstance)
      throws IOException {
    try {
      byte[] header =
          Part10Header.encode(
              sopClass, sopInstance, context.getTransferSyntax(), association.getCallingAET());
      SpooledObject object = spool.begin();
      object.writeHeader(header);
      return object;
    } catch (SpoolFullException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      LOG.error("object answered 0110", QuietTrace.of(e));
      throw new DicomServiceException(Status.ProcessingFailure, "internal failure");
    }
  }

  private void check(Association association, PresentationContext context, String sopClass)
      throws DicomServiceException {
    if (!sopClasses.contains(sopClass)
        || !sopClass.equals(association.getAbstractSyntax(context.getPCID()))) {
      throw new DicomServiceException(
          Status.SOPclassNotSupported, "SOP class is not that of the presentation context");
    }
    if (!storingAeTitles.isEmpty() && !storingAeTitles.contains(association.getCallingAET())) {
      throw new DicomServiceException(Status.NotAuthorized, "this AE may not store here");
    }
  }

  private void offer(
      Association association,
      PresentationContext context,
      String sopClass,
      String sopInstance,
      SpooledObject object)
      throws IOException {
    Exchange exchange = consumer.createExchange(false);
    try {
      var message = exchange.getIn();
      message.setBody(object);
      message.setHeader(DicomConstants.SOP_CLASS_UID, sopClass);
      message.setHeader(DicomConstants.SOP_INSTANCE_UID, sopInstance);
      message.setHeader(DicomConstants.TRANSFER_SYNTAX_UID, context.getTransferSyntax());
      message.setHeader(DicomConstants.CALLING_AE_TITLE, association.getCallingAET());
      message.setHeader(DicomConstants.CALLED_AE_TITLE, association.getCalledAET());
      message.setHeader(DicomConstants.REMOTE_ADDRESS, DicomEvent.Caller.of(association).address());
      route(exchange);
      answer(exchange.getException(), sopInstance);
    } finally {
      consumer.releaseExchange(exchange, false);
    }
  }

  private void route(Exchange exchange) {
    try {
      consumer.createUoW(exchange);
      consumer.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    } finally {
      consumer.doneUoW(exchange);
    }
  }

  private static void answer(@Nullable Exception failure, String sopInstance) throws IOException {
    if (failure == null) {
      return;
    }
    if (failure instanceof SpoolFullException full) {
      throw full;
    }
    if (failure instanceof DicomStatusException refusal) {
      LOG.warn(
          "object {} refused with {}: {}",
          sopInstance,
          String.format("%04X", refusal.status()),
          refusal.getMessage());
      throw new DicomServiceException(refusal.status(), refusal.comment());
    }
    LOG.error("object {} answered 0110", sopInstance, QuietTrace.of(failure));
    throw new DicomServiceException(Status.ProcessingFailure, "internal failure");
  }
}
