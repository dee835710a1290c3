package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the node waits for peers that answer late or never. */
class SlowPeersTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    executor.shutdownNow();
    timers.shutdownNow();
  }

  @Test
  void aStoreIsAnsweredLaterThanOtherRequestsMayBe() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> waited(new CountDownLatch(1), 1_500));
      DicomConfiguration options = options(scp);
      options.setResponseTimeout(500);
      options.setIdleTimeout(500);
      options.setStoreTimeout(15_000);
      assertEquals("2 x 0000", store(options, 2).summary());
    }
  }

  @Test
  void aPeerThatNeverAnswersAStoreIsLeftAfterTheStoreTimeout() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> n == 1 ? waited(never, 60_000) : 0);
      DicomConfiguration options = options(scp);
      options.setResponseTimeout(60_000);
      options.setStoreTimeout(700);
      DicomSendException failure =
          assertTimeoutPreemptively(
              SOON, () -> assertThrows(DicomSendException.class, () -> store(options, 3)));
      assertTrue(failure.toString().contains("storing object 2 of 3"), failure::toString);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aPeerThatStopsReadingAmidAnObjectIsLeftAfterTheStoreTimeout() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> waited(never, 60_000));
      DicomConfiguration options = options(scp);
      options.setStoreTimeout(700);
      DicomSendException failure =
          assertTimeoutPreemptively(
              SOON,
              () ->
                  assertThrows(
                      DicomSendException.class, () -> store(options, List.of(largeFile()))));
      assertTrue(failure.toString().contains("storing object 1 of 1"), failure::toString);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aPeerThatHangsUpAmidAnObjectIsASendException() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> ScriptedScp.HANG_UP);
      DicomSendException failure =
          assertTimeoutPreemptively(
              SOON,
              () ->
                  assertThrows(
                      DicomSendException.class, () -> store(options(scp), List.of(largeFile()))));
      assertTrue(failure.toString().contains("storing object 1 of 1"), failure::toString);
    }
  }

  @Test
  void aSecondAnswerToAnObjectIsNotTakenForTheAnswerToTheNext() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> n == 0 ? ScriptedScp.TWICE : 0xC000);
      String end =
          assertTimeoutPreemptively(
              SOON,
              () -> {
                try {
                  return store(options(scp), 2).summary();
                } catch (DicomSendException e) {
                  return "sent again later";
                }
              });
      assertTrue(List.of("1 x 0000, 1 x C000", "sent again later").contains(end), end);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x0105, 0x0106, 0x0110, 0x0111, 0x0117, 0x0122, 0x0124, 0x0210, 0x0211, 0x0212, 0xA700,
        0xA702, 0xA900, 0xC000, 0xC123, 0xFE00, 0xFF00
      })
  void aStatusThatIsNeitherSuccessNorAWarningIsNotStored(int status) throws Exception {
    try (ScriptedScp scp = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> status);
      DicomConfiguration options = options(scp);
      options.setStoreTimeout(2_000);
      try {
        assertEquals(0, store(options, 1).stored());
      } catch (DicomSendException pendingForever) {
        assertEquals(0xFF00, status);
      }
    }
  }

  private static int waited(CountDownLatch latch, long atMostMillis) {
    try {
      latch.await(atMostMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static DicomConfiguration options(ScriptedScp scp) {
    DicomConfiguration options = new DicomConfiguration();
    options.setAddress(scp.address().toString());
    return options;
  }

  private StoreReport store(DicomConfiguration options, int count)
      throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(
          MrImage.write(
              MrImage.of("1.2.3.1." + i), UID.ExplicitVRLittleEndian, folder.resolve(i + ".dcm")));
    }
    return store(options, files);
  }

  private StoreReport store(DicomConfiguration options, List<Path> files)
      throws IOException, InterruptedException {
    return new DicomScu(options, executor, timers).store(files, done -> {});
  }

  /** More than the buffers of both sockets hold. */
  private Path largeFile() throws IOException {
    Attributes image = MrImage.of("1.2.3.1.99");
    image.setBytes(Tag.PixelData, VR.OW, new byte[32 << 20]);
    return MrImage.write(image, UID.ExplicitVRLittleEndian, folder.resolve("large.dcm"));
  }
}
