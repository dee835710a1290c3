package org.qsmnode.route;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.qsmnode.store.Failpoint;

/** A way of use in which a node is killed: its settings, and the points that it passes. */
enum KillFlow {
  /** Receive, assemble, process, derive, send. */
  PUSH(Map.of(), receiving("RECEIVE", "ASSEMBLE", "PROCESS", "DERIVE", "SEND")),
  /** The destination commits itself to every object. */
  COMMIT(
      Map.of(
          "node.destination.pacs.commitment", "true",
          "node.commitment.timeout", "2s"),
      without(receiving("SEND", "COMMIT"), Failpoint.SEND_DELIVERED)),
  /** Each life is a later night, with other settings of the inversion: results are made again. */
  NIGHT(
      Map.of(
          "node.night.window", "00:00-23:59",
          "node.night.redo", "true",
          "node.night.retry", "true",
          "node.night.pause", "0s"),
      receiving("NIGHT", "PROCESS", "DERIVE")),
  /** Everything that came in an earlier life and may be deleted is deleted at once. */
  RETENTION(
      Map.of("node.retention.used-percent", "10"),
      without(receiving("RETENTION", "SEND"), Failpoint.SEND_STARTED));

  private final Map<String, String> settings;
  private final Set<Failpoint> points;

  KillFlow(Map<String, String> settings, Set<Failpoint> points) {
    this.settings = settings;
    this.points = points;
  }

  private static Set<Failpoint> receiving(String... kinds) {
    EnumSet<Failpoint> points = EnumSet.noneOf(Failpoint.class);
    for (Failpoint point : Failpoint.values()) {
      if (Stream.of(kinds).anyMatch(kind -> point.name().startsWith(kind + "_"))) {
        points.add(point);
      }
    }
    return points;
  }

  private static Set<Failpoint> without(Set<Failpoint> points, Failpoint point) {
    points.remove(point);
    return points;
  }

  /**
   * Settings of one life of the node.
   *
   * @param life from 0
   */
  Map<String, String> settings(int life) {
    Map<String, String> all = new java.util.HashMap<>(settings);
    if (this == NIGHT) {
      all.put("inversion.gaussian.seed", Integer.toString(1 + life));
    }
    return all;
  }

  /**
   * Hours by which the clock of a life is ahead: each life of a night flow is another night, and
   * what came in an earlier life is old enough for retention.
   */
  int hoursAhead(int life) {
    return switch (this) {
      case NIGHT -> 24 * life;
      case RETENTION -> life;
      default -> 0;
    };
  }

  /** What may be deleted in the end. */
  boolean deletes() {
    return this == RETENTION;
  }

  /**
   * A plan.
   *
   * @param point where the process is killed
   * @param pass at which pass of the point
   * @param pauseMillis longest pause of the sender between two objects
   */
  record Kill(Failpoint point, int pass, int pauseMillis) {}

  /**
   * Points and passes for the lives of a lineage. In its first life nothing can be deleted or made
   * again yet; that of a night flow is planned to end at a point which it cannot reach, so that it
   * delivers what the next night makes again.
   */
  List<Kill> plan(SplittableRandom random, int lives, int objects, int derived) {
    List<Kill> plan = new ArrayList<>();
    for (int life = 0; life < lives; life++) {
      List<Failpoint> possible = life == 0 ? first() : List.copyOf(points);
      Failpoint point = possible.get(random.nextInt(possible.size()));
      plan.add(
          new Kill(point, 1 + random.nextInt(passes(point, objects, derived)), random.nextInt(20)));
    }
    return plan;
  }

  private List<Failpoint> first() {
    return this == NIGHT
        ? List.of(Failpoint.NIGHT_ENDED)
        : points.stream().filter(point -> !point.name().startsWith("RETENTION_")).toList();
  }

  private static int passes(Failpoint point, int objects, int derived) {
    return switch (point) {
      case RECEIVE_OPENED,
          RECEIVE_WRITTEN,
          RECEIVE_RENAMED,
          RECEIVE_FORCED,
          RECEIVE_ROW,
          RECEIVE_ANSWER,
          RECEIVE_ANSWERED,
          RETENTION_FILE ->
          objects;
      case DERIVE_FILE, SEND_FILE -> derived;
      case SEND_STARTED,
          SEND_ANSWERED,
          SEND_DELIVERED,
          COMMIT_REQUESTED,
          COMMIT_ASKED,
          COMMIT_ANSWERED,
          COMMIT_SETTLED ->
          2;
      default -> 1;
    };
  }
}
