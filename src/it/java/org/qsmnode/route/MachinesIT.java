package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.store.AcquisitionState;
import org.qsmnode.store.JobState;
import org.qsmnode.store.Ledger;

/**
 * Nodes of several machines with one database, one broker and one spool: a name is held by one, a
 * study may arrive at two, and the work of a node that is killed or silent is done by the others.
 */
class MachinesIT {

  private static final Duration LONG = Duration.ofSeconds(180);
  private static final int ROUNDS = 3;

  /** The kills fall into this time after the first object of a study was sent. */
  private static final int LATEST_KILL_MILLIS = 9_000;

  /** A method that takes long enough to be interrupted. */
  private static final Map<String, String> SLOW_WORK =
      Map.of("node.roles", "work", "inversion.method", "pdi-vi");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final Map<String, NodeProcess> nodes = new HashMap<>();
  private ScriptedScp pacs;
  private Machines machines;

  @BeforeEach
  void start() throws Exception {
    pacs = new ScriptedScp("PACS", UID.ExplicitVRLittleEndian);
    machines = Machines.start(folder, pacs.address());
  }

  @AfterEach
  void stop() throws Exception {
    nodes.values().parallelStream().forEach(NodeProcess::close);
    machines.close();
    pacs.close();
  }

  @Test
  void studiesOfWhichHalfArrivesAtEachOfTwoNodesHaveOneResultThoughNodesAreKilled()
      throws Exception {
    LocalTime now = LocalTime.now();
    DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm");
    Map<String, String> night =
        Map.of(
            "node.night.window",
            minutes.format(now.minusHours(1)) + "-" + minutes.format(now.plusHours(2)));
    start(List.of("a", "b", "c"), night);
    Random random = new Random(20261130);
    Map<String, Integer> sent = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      Path copy = folder.resolve("study-" + round);
      String study = StudyCopies.write(SmallStudy.files(Vendor.SIEMENS), round, i -> true, copy);
      String killed = List.of("a", "b", "c").get(random.nextInt(3));
      int killAt = random.nextInt(LATEST_KILL_MILLIS);
      String what = "round %d: %s killed after %d ms".formatted(round, killed, killAt);
      CompletableFuture<Void> kill = CompletableFuture.runAsync(() -> kill(killed, killAt));
      List<Path> files = list(copy);
      send(files, List.of("a", "b", "c"));
      sent.put(study, files.size());
      Awaitility.await(what).atMost(LONG).until(() -> derived(study).size() == SmallStudy.SLICES);
      kill.join();
      assertEquals(1, series(study).size(), what);
      start(List.of(killed), night);
    }
    try (var database = machines.ledger().database()) {
      Ledger ledger = Ledger.on(database, java.time.Clock.systemUTC());
      Awaitility.await("every job ends")
          .atMost(LONG)
          .until(
              () ->
                  ledger.acquisitions().all().stream()
                      .allMatch(row -> row.state() == AcquisitionState.DELIVERED));
      for (Map.Entry<String, Integer> study : sent.entrySet()) {
        assertEquals(study.getValue(), ledger.instances().ofStudy(study.getKey()).size());
        assertEquals(1, series(study.getKey()).size(), "nothing came twice");
      }
      assertEquals(
          ROUNDS,
          ledger.jobs().all().stream().filter(job -> job.state() == JobState.DELIVERED).count());
    }
    int nights = 0;
    for (String name : List.of("a", "b", "c")) {
      nights += machines.log(name).split("night of ", -1).length - 1;
    }
    assertEquals(1, nights, "the night was planned once");
  }

  @Test
  void aJobOfASilentNodeIsDoneByAnotherAndTheLateNodeChangesNothing() throws Exception {
    start(List.of("worker"), SLOW_WORK);
    start(List.of("front"), Map.of("node.roles", "receive,send,night"));
    assertEquals(-1, node("worker").port(), "a node without the role does not listen");
    Path copy = folder.resolve("study");
    String study = StudyCopies.write(SmallStudy.files(Vendor.SIEMENS), 1, i -> true, copy);
    send(list(copy), List.of("front"));
    node("worker").awaitLog("runs, attempt 1", LONG);
    node("worker").signal("STOP");
    try {
      start(List.of("other"), SLOW_WORK);
      node("other").awaitLog("READY", LONG);
      Awaitility.await().atMost(LONG).until(() -> derived(study).size() == 2 * SmallStudy.SLICES);
    } finally {
      node("worker").signal("CONT");
    }
    node("worker").awaitLog("superseded or taken over", LONG);
    assertEquals(2, series(study).size());
    assertTrue(
        node("front").tail().contains("a node is silent: 1 jobs")
            || node("other").tail().contains("go on where they were")
            || node("other").tail().contains("a node is silent: 1 jobs"));
    Awaitility.await("nothing is left of the late attempt")
        .atMost(LONG)
        .until(() -> list(folder.resolve("results")).size() == 1);
  }

  @Test
  void aSecondProcessOfOneNameDoesNotStartAndTouchesNothing() throws Exception {
    start(List.of("a"), Map.of());
    Path incoming = machines.spool().resolve("incoming/a/being-received.part");
    Files.writeString(incoming, "half an object");
    Path second = folder.resolve("second");
    Files.createDirectories(second);
    Map<String, String> settings = machines.settings("a", Map.of());
    settings.put("node.work.directory", second.resolve("work").toString());
    assertEquals(1, NodeProcess.exitStatus(second, settings, LONG));
    assertTrue(
        Files.readString(second.resolve("node.log")).contains("another process runs as node a"));
    assertTrue(Files.exists(incoming), "what the first receives is untouched");
    node("a").kill();
    assertFalse(machines.log("a").contains("cannot go on"));
    start(List.of("a"), Map.of());
    assertFalse(Files.exists(incoming), "the restarted node took the name over at once");
  }

  private NodeProcess node(String name) {
    return Objects.requireNonNull(nodes.get(name), name);
  }

  private void start(List<String> names, Map<String, String> more) {
    List<CompletableFuture<NodeProcess>> starting =
        names.stream()
            .map(name -> CompletableFuture.supplyAsync(() -> startOne(name, more)))
            .toList();
    for (int i = 0; i < names.size(); i++) {
      nodes.put(names.get(i), starting.get(i).join());
    }
  }

  private NodeProcess startOne(String name, Map<String, String> more) {
    try {
      return machines.node(name, more);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void kill(String name, int afterMillis) {
    try {
      Thread.sleep(afterMillis);
      node(name).kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One object here, the next there; what a killed node did not take goes to another. */
  private void send(List<Path> files, List<String> to) {
    Map<String, Sender> senders = new HashMap<>();
    List<String> alive = new ArrayList<>(to);
    try {
      for (int i = 0; i < files.size(); ) {
        String name = alive.get(i % alive.size());
        try {
          Sender sender = senders.get(name);
          if (sender == null) {
            sender = new Sender(node(name).port());
            senders.put(name, sender);
          }
          sender.store(files.get(i));
          i++;
        } catch (Exception e) {
          alive.remove(name);
        }
      }
    } finally {
      for (Sender sender : senders.values()) {
        try {
          sender.close();
        } catch (Exception e) {
          // Its node was killed.
        }
      }
    }
  }

  private List<Attributes> derived(String study) {
    return pacs.stored().values().stream()
        .filter(image -> study.equals(image.getString(Tag.StudyInstanceUID)))
        .toList();
  }

  private Set<String> series(String study) {
    return derived(study).stream()
        .map(image -> image.getString(Tag.SeriesInstanceUID, ""))
        .collect(Collectors.toSet());
  }

  private static List<Path> list(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
