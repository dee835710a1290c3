package org.qsmnode.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;

/** Stands in for a PACS: stores what it is sent as files in one folder. */
final class DemoPacs implements AutoCloseable {

  static final String AE_TITLE = "DEMOPACS";

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Device device = new Device("demo-pacs");
  private final Path folder;
  private final AtomicInteger received = new AtomicInteger();

  DemoPacs(Path folder, int port) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder);
    Connection connection = new Connection("dicom", "127.0.0.1", port);
    ApplicationEntity ae = new ApplicationEntity(AE_TITLE);
    ae.setAssociationAcceptor(true);
    ae.addConnection(connection);
    ae.addTransferCapability(
        new TransferCapability(null, "*", TransferCapability.Role.SCP, UID.ExplicitVRLittleEndian));
    device.addConnection(connection);
    device.addApplicationEntity(ae);
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(new Store());
    device.setDimseRQHandler(services);
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    device.bindConnections();
  }

  /** Number of objects stored so far. */
  int received() {
    return received.get();
  }

  private final class Store extends BasicCStoreSCP {

    Store() {
      super("*");
    }

    @Override
    protected void store(
        Association association,
        PresentationContext context,
        Attributes request,
        PDVInputStream data,
        Attributes response)
        throws IOException {
      String iuid = request.getString(Tag.AffectedSOPInstanceUID);
      Attributes meta =
          association.createFileMetaInformation(
              iuid, request.getString(Tag.AffectedSOPClassUID), context.getTransferSyntax());
      Path file = folder.resolve(iuid + ".dcm");
      try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file));
          DicomOutputStream out = new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian)) {
        out.writeFileMetaInformation(meta);
        data.copyTo(out);
      }
      received.incrementAndGet();
    }
  }

  @Override
  public void close() {
    device.unbindConnections();
    executor.shutdown();
    timers.shutdownNow();
  }
}
