package org.qsmnode.route;

import java.time.Duration;
import java.util.List;
import org.qsmnode.pipeline.SettingKey;
import org.qsmnode.pipeline.ValueRange;

/** Keys that say what a node is among those that share its database. */
final class MachineKeys {

  private static final KeyList ALL = new KeyList("node.");

  static final SettingKey NAME =
      ALL.add(
          "name",
          "Name of this node, unique among nodes that share a database or a spool; a second process"
              + " of one name does not start.",
          new ValueRange.Text(
              "1 to 64 letters, digits, dots, underscores or hyphens",
              text -> text.matches("[A-Za-z0-9._-]{1,64}")),
          "node-1");
  static final SettingKey ROLES =
      ALL.add(
          "roles",
          "What this node does, comma-separated: take objects (receive), compute (work), send"
              + " results (send), reprocess and delete by retention (night).",
          new ValueRange.Text("one or more of receive, work, send, night", NodeRole::isList),
          NodeRole.all());
  static final SettingKey LEASE =
      ALL.add(
          "lease",
          "Silence after which a node counts as dead: others take over what it has in hand.",
          KeyRanges.duration(Duration.ofSeconds(3), Duration.ofHours(1)),
          "60s");

  private MachineKeys() {}

  static List<SettingKey> all() {
    return ALL.all();
  }
}
