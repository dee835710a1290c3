package org.qsmnode.camel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.DataWriter;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.NoPresentationContextException;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicRetrieveTask;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4che3.net.service.InstanceLocator;
import org.dcm4che3.net.service.QueryRetrieveLevel2;
import org.dcm4che3.net.service.RetrieveTask;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What C-GET and C-MOVE have in common as provider (PS3.4 C.4.2, C.4.3). */
final class RetrieveScp {

  private static final Logger LOG = LoggerFactory.getLogger(RetrieveScp.class);

  private RetrieveScp() {}

  /** The objects asked for; refuses an identifier of another model (A900) and own failures. */
  static List<RetrievableInstance> instances(RetrievableObjects objects, Attributes keys)
      throws DicomServiceException {
    String level =
        QueryRetrieveLevel2.validateRetrieveIdentifier(keys, FindScp.LEVELS, false).name();
    try {
      return objects.instances(QueryLevel.valueOf(level), keys);
    } catch (IOException | RuntimeException e) {
      LOG.error("retrieval answered A701", QuietTrace.of(e));
      throw new DicomServiceException(Status.UnableToCalculateNumberOfMatches, "internal failure");
    }
  }

  static RetrieveTask task(
      Dimse operation,
      Association association,
      PresentationContext context,
      Attributes request,
      List<RetrievableInstance> instances,
      Association storing) {
    Send send =
        new Send(
            operation,
            association,
            context,
            request,
            instances.stream()
                .map(
                    i ->
                        new InstanceLocator(
                            i.sopClassUid(),
                            i.sopInstanceUid(),
                            i.transferSyntaxUid(),
                            i.file().toUri().toString()))
                .toList(),
            storing);
    send.setSendPendingRSP(true);
    return send;
  }

  /** Success with nothing sent. */
  static RetrieveTask nothing(
      Dimse operation, Association association, PresentationContext context, Attributes request) {
    Attributes response = Commands.mkRSP(request, Status.Success, operation);
    for (int tag :
        new int[] {
          Tag.NumberOfCompletedSuboperations,
          Tag.NumberOfFailedSuboperations,
          Tag.NumberOfWarningSuboperations
        }) {
      response.setInt(tag, VR.US, 0);
    }
    return new RetrieveTask() {
      @Override
      public void run() {
        association.tryWriteDimseRSP(context, response);
      }

      @Override
      public void onCancelRQ(Association canceling) {}
    };
  }

  private static final class Send extends BasicRetrieveTask<InstanceLocator> {

    Send(
        Dimse operation,
        Association association,
        PresentationContext context,
        Attributes request,
        List<InstanceLocator> instances,
        Association storing) {
      super(operation, association, context, request, instances, storing);
    }

    @Override
    protected String selectTransferSyntaxFor(Association storing, InstanceLocator instance)
        throws NoPresentationContextException {
      Optional<String> syntax =
          StoredDataSet.syntaxFor(storing.getTransferSyntaxesFor(instance.cuid), instance.tsuid);
      return syntax.orElseThrow(
          () -> new NoPresentationContextException(instance.cuid, instance.tsuid));
    }

    @Override
    protected DataWriter createDataWriter(InstanceLocator instance, String syntax) {
      return StoredDataSet.writer(instance.getFile().toPath(), instance.tsuid, syntax);
    }
  }
}
