package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.qsmnode.app.FailingNode;
import org.qsmnode.camel.ScriptedScp;

/**
 * One node that is killed several times, with a study more in each life; in its last life it is
 * left alone, must finish everything, and is checked.
 */
final class KillLineage {

  /** After which a life hangs: it takes ten seconds on an idle machine, on a busy one minutes. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  /** Nothing written to the log for this long, with everything delivered: the node is idle. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private static final Pattern WORK =
      Pattern.compile("(?:ProcessJob job|NightShift reprocessing) (\\S+)( runs,| starts)?");

  private final Path folder;
  private final KillFlow flow;
  private final List<KillFlow.Kill> plan;
  private final SplittableRandom random;
  private final int number;
  private final List<KillStudy> studies = new ArrayList<>();

  /**
   * A lineage; everything about it follows from seed and number.
   *
   * @param folder empty
   * @param kills how many lives end by SIGKILL
   */
  KillLineage(Path folder, KillFlow flow, long seed, int number, int kills) {
    this.folder = folder;
    this.flow = flow;
    this.number = number;
    this.random = new SplittableRandom(seed * 1_000_003 + number);
    this.plan = flow.plan(random, kills, KillStudy.OBJECTS, KillStudy.DERIVED);
  }

  /**
   * What came of a lineage.
   *
   * @param struck for each planned kill whether its point was reached
   * @param faults empty when nothing was lost, doubled or left
   */
  record Outcome(List<KillFlow.Kill> plan, List<Boolean> struck, List<String> faults) {}

  Outcome run() throws Exception {
    int port = ScriptedScp.freePort();
    List<Boolean> struck = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try (RecordingPacs pacs = new RecordingPacs(port)) {
      for (int life = 0; life <= plan.size() && faults.isEmpty(); life++) {
        boolean last = life == plan.size();
        if (!last) {
          studies.add(KillStudy.write(1 + life + 100 * number, folder.resolve("study-" + life)));
        }
        boolean died = live(life, settings(port, pacs, life), pacs);
        if (!last) {
          struck.add(died);
        } else if (died) {
          faults.add("the node ended by itself in its last life");
        }
        if (died && !flow.deletes()) {
          faults.addAll(KillChecks.afterKill(folder.resolve("work"), studies));
        }
      }
      if (faults.isEmpty()) {
        faults.addAll(new KillChecks(folder.resolve("work"), flow).atTheEnd(studies, pacs));
      }
    }
    return new Outcome(plan, struck, faults);
  }

  private Map<String, String> settings(int port, RecordingPacs pacs, int life) {
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("node.dicom.port", Integer.toString(port));
    settings.put("inversion.method", "gaussian");
    settings.put("node.assemble.quiet", "5s");
    settings.put("node.process.max-attempts", "20");
    settings.put("node.send.max-attempts", "1000");
    TestSettings.destination(settings, pacs.address());
    settings.putAll(flow.settings(life));
    return settings;
  }

  /** One life; true when the process ended by its fault. */
  private boolean live(int life, Map<String, String> settings, RecordingPacs pacs)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("" + flow.hoursAhead(life)));
    if (life < plan.size()) {
      KillFlow.Kill kill = plan.get(life);
      arguments.add(kill.point() + ":" + kill.pass() + ":" + FailingNode.Action.KILL);
    }
    int pause = life < plan.size() ? plan.get(life).pauseMillis() : 0;
    NodeProcess node;
    try {
      node =
          NodeProcess.start(
              folder,
              settings,
              new NodeProcess.Launch(
                  List.of("nice", "-n", "10"),
                  List.of("-Xmx600m", "-Xshare:auto"),
                  FailingNode.class,
                  arguments,
                  "INFO"));
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).contains(FailingNode.MARK)) {
        return true;
      }
      throw e;
    }
    try (node) {
      return !lives(node, pause, pacs);
    }
  }

  /** True when everything was done and the node is idle, false when it died. */
  private boolean lives(NodeProcess node, int pause, RecordingPacs pacs) throws Exception {
    long end = System.nanoTime() + LIFE.toNanos();
    long size = -1;
    long changed = System.nanoTime();
    while (node.isAlive() && System.nanoTime() < end) {
      for (KillStudy study : studies) {
        if (!study.isSent()) {
          study.send(node.port(), pause, random);
        }
      }
      Thread.sleep(100);
      long now = Files.size(folder.resolve("node.log"));
      if (now != size || !complete(pacs) || !running(node.tail()).isEmpty()) {
        size = now;
        changed = System.nanoTime();
      } else if (System.nanoTime() - changed > QUIET.toNanos()) {
        return true;
      }
    }
    if (node.isAlive()) {
      throw new IllegalStateException("a life did not end in " + LIFE + ":\n" + last(node));
    }
    return false;
  }

  /** What began in this life and did not end: an inversion may be silent for long. */
  private static Set<String> running(String log) {
    Set<String> running = new HashSet<>();
    Matcher words = WORK.matcher(log);
    while (words.find()) {
      if (words.group(2) == null) {
        running.remove(words.group(1));
      } else {
        running.add(words.group(1));
      }
    }
    return running;
  }

  private static String last(NodeProcess node) {
    String text = node.tail();
    return text.substring(Math.max(0, text.length() - 3000));
  }

  private boolean complete(RecordingPacs pacs) throws IOException {
    Map<String, Attributes> stored = pacs.stored();
    return stored.size() >= studies.size() * KillStudy.DERIVED
        && studies.stream().allMatch(KillStudy::isSent);
  }
}
