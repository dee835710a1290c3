package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.TransferCapability;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.AbstractDicomService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A peer that answers three objects together, the last one first (PS3.7 D.3.3.3). */
@Timeout(30)
class AsynchronousStoreTest {

  private static final int AT_A_TIME = 3;

  @TempDir Path folder;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Device device = new Device("pacs");
  private final Connection connection = new Connection("pacs", "127.0.0.1");
  private final List<Attributes> waiting = new ArrayList<>();
  private int received;

  @BeforeEach
  void start() throws Exception {
    connection.setPort(ScriptedScp.freePort());
    device.setExecutor(executor);
    device.setScheduledExecutor(timers);
    device.addConnection(connection);
    ApplicationEntity ae = new ApplicationEntity("PACS");
    device.addApplicationEntity(ae);
    ae.addConnection(connection);
    ae.addTransferCapability(
        new TransferCapability(
            null, UID.MRImageStorage, TransferCapability.Role.SCP, UID.ExplicitVRLittleEndian));
    device.setDimseRQHandler(new Together());
  }

  @AfterEach
  void stop() {
    device.unbindConnections();
    executor.shutdownNow();
    timers.shutdownNow();
  }

  private final class Together extends AbstractDicomService {

    Together() {
      super("*");
    }

    @Override
    protected void onDimseRQ(
        Association as, PresentationContext pc, Dimse dimse, Attributes cmd, Attributes data)
        throws IOException {
      Attributes response = Commands.mkCStoreRSP(cmd, received == 1 ? 0xB000 : 0);
      received++;
      waiting.add(0, response);
      if (waiting.size() == AT_A_TIME || connection.getMaxOpsPerformed() == 1) {
        for (Attributes each : List.copyOf(waiting)) {
          as.writeDimseRSP(pc, each);
        }
        waiting.clear();
      }
    }
  }

  private StoreReport store(int files) throws Exception {
    device.bindConnections();
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      Attributes image = MrImage.of("1.2.3.1." + i);
      image.setString(Tag.InstanceNumber, VR.IS, "" + i);
      paths.add(MrImage.write(image, UID.ExplicitVRLittleEndian, folder.resolve(i + ".dcm")));
    }
    DicomConfiguration options = TestNode.options("PACS", connection.getPort());
    options.setAsynchronousOperations(8);
    return new DicomScu(options, executor, timers).store(paths, n -> {});
  }

  @Test
  void objectsAreSentAheadAndEachGetsItsOwnAnswer() throws Exception {
    connection.setMaxOpsPerformed(AT_A_TIME);
    StoreReport report = store(2 * AT_A_TIME);
    assertTrue(report.complete());
    assertEquals(0xB000, report.outcomes().get(1).status());
    assertEquals("5 x 0000, 1 x B000", report.summary());
  }

  @Test
  void aPeerThatWantsOneAtATimeGetsOneAtATime() throws Exception {
    StoreReport report = store(4);
    assertTrue(report.complete());
    assertEquals(4, received);
  }
}
