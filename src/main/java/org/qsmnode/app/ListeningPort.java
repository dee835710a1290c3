package org.qsmnode.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.qsmnode.route.NodeRole;
import org.qsmnode.route.NodeSettings;

/**
 * A TCP port that the node is about to listen on. Camel's HTTP server only logs a port that it does
 * not get, so that ports are tried before anything starts.
 *
 * @param key setting that names it
 * @param host address that is listened on
 */
record ListeningPort(String key, String host, int port) {

  private static final String LOOPBACK = "127.0.0.1";

  /**
   * The ports that the node opens in its roles; those that are off or any free one are left out.
   */
  static List<ListeningPort> of(NodeSettings settings) {
    String dicom = settings.dicom().own().host();
    Stream<ListeningPort> receiving =
        Stream.of(
            new ListeningPort("node.dicom.port", dicom, settings.dicom().own().port()),
            new ListeningPort("node.tls.port", dicom, settings.tls().port()),
            new ListeningPort(
                "node.web.port", settings.web().bindAddress(), settings.web().port()));
    return Stream.concat(
            settings.machine().has(NodeRole.RECEIVE) ? receiving : Stream.empty(),
            Stream.of(
                new ListeningPort("node.management.port", LOOPBACK, settings.managementPort())))
        .filter(port -> port.port() > 0)
        .toList();
  }

  /**
   * Tries to listen.
   *
   * @throws IOException with a sentence that names key, address and port
   */
  void requireFree() throws IOException {
    try (ServerSocket trial = new ServerSocket()) {
      trial.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException e) {
      throw new IOException(
          "%s: the node cannot listen on %s:%d: %s".formatted(key, host, port, e.getMessage()), e);
    }
  }
}
