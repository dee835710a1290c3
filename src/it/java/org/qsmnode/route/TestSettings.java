package org.qsmnode.route;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.qsmnode.camel.PeerAddress;

/** Settings of nodes under test: loopback, any free port, short waits. */
final class TestSettings {

  private TestSettings() {}

  static Map<String, String> in(Path folder) {
    Map<String, String> settings = new HashMap<>();
    settings.put("node.work.directory", folder.resolve("work").toString());
    settings.put("node.dicom.bind-address", "127.0.0.1");
    settings.put("node.dicom.port", "0");
    settings.put("node.spool.reserve-percent", "0");
    settings.put("node.assemble.quiet-after-count", "1s");
    settings.put("node.assemble.quiet", "2s");
    settings.put("node.assemble.sweep", "200ms");
    settings.put("node.send.retry", "500ms");
    settings.put("node.process.retry", "500ms");
    settings.put("node.management.port", "0");
    return settings;
  }

  static void destination(Map<String, String> settings, PeerAddress peer) {
    settings.put("node.destination.pacs.aet", peer.aeTitle());
    settings.put("node.destination.pacs.host", peer.host());
    settings.put("node.destination.pacs.port", Integer.toString(peer.port()));
  }
}
