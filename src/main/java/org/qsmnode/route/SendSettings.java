package org.qsmnode.route;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsmnode.camel.PeerAddress;

/**
 * The node as a storage SCU.
 *
 * @param destinations peers that get every derived series, by name
 * @param concurrent associations at a time
 */
public record SendSettings(
    Map<String, PeerAddress> destinations,
    int concurrent,
    Backoff backoff,
    Duration connectTimeout,
    Duration storeTimeout) {

  private static final Pattern DESTINATION =
      Pattern.compile("node\\.destination\\.([A-Za-z0-9_-]{1,64})\\.(aet|host|port)");

  public SendSettings {
    destinations = Map.copyOf(destinations);
  }

  static SendSettings from(NodeValues values, Map<String, String> properties) {
    return new SendSettings(
        destinations(values, properties),
        values.whole(NodeKeys.SENDERS),
        new Backoff(values.whole(NodeKeys.SEND_ATTEMPTS), values.durations(NodeKeys.SEND_RETRY)),
        values.duration(NodeKeys.CONNECT_TIMEOUT),
        values.duration(NodeKeys.STORE_TIMEOUT));
  }

  private static Map<String, PeerAddress> destinations(
      NodeValues values, Map<String, String> properties) {
    Map<String, PeerAddress> destinations = new TreeMap<>();
    for (String key : properties.keySet()) {
      if (!key.startsWith("node.destination.")) {
        continue;
      }
      Matcher matcher = DESTINATION.matcher(key);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            key + " must have the form node.destination.NAME.aet, .host or .port");
      }
      String prefix = "node.destination." + matcher.group(1);
      if (!values.text(NodeKeys.DESTINATION_AET, prefix + ".aet").isEmpty()) {
        destinations.computeIfAbsent(matcher.group(1), name -> peer(prefix, values));
      }
    }
    return destinations;
  }

  private static PeerAddress peer(String prefix, NodeValues values) {
    try {
      return new PeerAddress(
          values.text(NodeKeys.DESTINATION_AET, prefix + ".aet"),
          values.text(NodeKeys.DESTINATION_HOST, prefix + ".host"),
          Integer.parseInt(values.text(NodeKeys.DESTINATION_PORT, prefix + ".port")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(prefix + ": " + e.getMessage(), e);
    }
  }
}
