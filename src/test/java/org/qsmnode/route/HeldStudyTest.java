package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.MrImage;
import org.qsmnode.camel.OpenAssociations;
import org.qsmnode.pipeline.ReconstructionSettings;
import org.qsmnode.series.find.Completeness;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.store.Database;
import org.qsmnode.store.DiskReserve;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.Spool;
import org.qsmnode.store.StudyRow;

class HeldStudyTest {

  private static final String POISON = "1.9.1";

  @TempDir Path folder;
  private final MovingClock clock = new MovingClock();
  private NodeSettings settings;
  private Ledger ledger;
  private AssembleStudies assemble;

  @BeforeEach
  void open() {
    settings =
        NodeSettings.from(
            Map.of("node.work.directory", folder.toString(), "node.spool.reserve-percent", "0"));
    ledger = Ledger.on(Database.open(settings.database()), clock);
    assemble =
        new AssembleStudies(
            ledger,
            new Recognition(ReconstructionSettings.defaults().recognition()),
            new Completeness(settings.completeness()),
            new OpenAssociations(),
            clock);
  }

  @AfterEach
  void close() {
    ledger.database().close();
  }

  @Test
  void aRowThatCannotBeReadHoldsItsStudyAndNoOther() throws Exception {
    add(POISON, "1.9.1.1", "{\"object\":null}");
    clock.move(Duration.ofSeconds(1));
    add("1.9.2", "1.9.2.1", facts("1.9.2", "1.9.2.1"));
    clock.move(Duration.ofMinutes(30));
    assemble.sweep();
    assertFalse(ledger.instances().isOpen("1.9.2"), "the study behind it was looked at");
    StudyRow held = ledger.instances().held(10).get(0);
    assertEquals(POISON, held.studyInstanceUid());
    assertEquals(
        "The ledger's facts of object 1.9.1.1 cannot be read.", held.heldReason().orElseThrow());
    assertEquals(1, held.heldAttempts());
    assertEquals(1, ledger.instances().countHeld());
  }

  @Test
  void aHeldStudyIsLookedAtAgainAfterPausesThatGrow() throws Exception {
    add(POISON, "1.9.1.1", "no JSON");
    clock.move(Duration.ofMinutes(30));
    List<Duration> pauses = new ArrayList<>();
    for (int attempt = 1; attempt <= 5; attempt++) {
      assemble.sweep();
      assertEquals(attempt, ledger.instances().held(10).get(0).heldAttempts());
      Duration pause = Duration.ZERO;
      while (ledger.instances().studiesToExamine(clock.instant(), 10).isEmpty()) {
        clock.move(Duration.ofMinutes(1));
        pause = pause.plusMinutes(1);
      }
      pauses.add(pause);
    }
    assertEquals(
        List.of(1L, 10L, 60L, 360L, 1440L), pauses.stream().map(Duration::toMinutes).toList());
  }

  @Test
  void aNewObjectHasAHeldStudyLookedAtAtOnceAndStudiesThatCanBeReadAreHeldNoMore()
      throws Exception {
    add(POISON, "1.9.1.1", "no JSON");
    clock.move(Duration.ofMinutes(30));
    assemble.sweep();
    forget();
    add(POISON, "1.9.1.1", "no JSON");
    add(POISON, "1.9.1.2", "no JSON either");
    clock.move(Duration.ofSeconds(1));
    assemble.sweep();
    assertEquals(1, ledger.instances().countHeld());
    forget();
    add(POISON, "1.9.1.1", facts(POISON, "1.9.1.1"));
    clock.move(Duration.ofMinutes(30));
    assemble.sweep();
    assertEquals(0, ledger.instances().countHeld());
  }

  @Test
  void aStudyWithMoreFactsThanFitInMemoryIsNotReadAtAll() throws Exception {
    add("1.9.2", "1.9.2.1", facts("1.9.2", "1.9.2.1"));
    StudyFacts small = new StudyFacts(ledger, 100);
    StudyFacts.UnreadableException e =
        org.junit.jupiter.api.Assertions.assertThrows(
            StudyFacts.UnreadableException.class, () -> small.ofStudy("1.9.2"));
    assertTrue(String.valueOf(e.getMessage()).startsWith("The study is too large: "));
    assertEquals(1, new StudyFacts(ledger).ofStudy("1.9.2").size());
  }

  @Test
  void healthNamesHeldStudiesAndStaysUpAndIsDownWhileASweepFails() throws Exception {
    Spool spool = Spool.open(folder.resolve("spool"), "n1", settings.spoolLimits());
    Sweep sweep =
        new Sweep(
            "assemble",
            new Sweep.Rhythm(Duration.ofSeconds(2), Duration.ofMinutes(1), true),
            clock,
            assemble::sweep);
    NodeHealth health = new NodeHealth(ledger, spool, new DiskReserve(folder, 0), List.of(sweep));
    health.setCamelContext(new DefaultCamelContext());
    add(POISON, "1.9.1.1", "no JSON");
    clock.move(Duration.ofMinutes(30));
    sweep.run();
    HealthCheck.Result up = health.call();
    assertEquals(HealthCheck.State.UP, up.getState());
    assertEquals(1L, up.getDetails().get("studies.held"));
    assertEquals(
        "The ledger's facts of object 1.9.1.1 cannot be read.",
        up.getDetails().get("studies.held." + POISON));
    clock.move(Duration.ofMinutes(1));
    HealthCheck.Result down = health.call();
    assertEquals(HealthCheck.State.DOWN, down.getState());
    assertEquals("sweep assemble has not succeeded for 60 s", down.getMessage().orElseThrow());
  }

  private static String facts(String study, String uid) throws Exception {
    Attributes image = MrImage.of(uid);
    image.setString(Tag.StudyInstanceUID, VR.UI, study);
    return InstanceReader.index(image, UID.ExplicitVRLittleEndian).toJson();
  }

  private void forget() {
    ledger.instances().examineNext(ledger.instances().study(POISON).orElseThrow(), null);
    ledger.retention().forgetObjects(POISON, clock.instant().plusSeconds(1));
  }

  private void add(String study, String uid, String facts) {
    ledger
        .instances()
        .add(
            new InstanceRow(
                uid,
                UID.MRImageStorage,
                study,
                study + ".0",
                "f".repeat(64),
                "p/" + uid,
                10,
                "MR",
                clock.instant(),
                facts),
            clock.instant());
  }
}
