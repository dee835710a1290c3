package org.qsmnode.route;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.qsmnode.camel.PeerAddress;
import org.qsmnode.pipeline.SettingKey;

/** Reads the destinations, each under a name of the site's choice. */
final class Destinations {

  private static final Pattern FORM =
      Pattern.compile(
          "node\\.destination\\.([A-Za-z0-9_-]{1,64})\\.("
              + DestinationKeys.all().stream()
                  .map(DestinationKeys::suffix)
                  .map(suffix -> suffix.substring(1))
                  .collect(Collectors.joining("|"))
              + ")");

  private final NodeValues values;

  private Destinations(NodeValues values) {
    this.values = values;
  }

  /** All destinations that have an AE title, a URL or a folder. */
  static Map<String, Destination> from(NodeValues values, Map<String, String> properties) {
    Destinations reader = new Destinations(values);
    Map<String, Destination> destinations = new TreeMap<>();
    for (String key : properties.keySet()) {
      if (!key.startsWith(DestinationKeys.PREFIX)) {
        continue;
      }
      Matcher matcher = FORM.matcher(key);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            key
                + " must have the form node.destination.NAME with one of "
                + DestinationKeys.all().stream().map(DestinationKeys::suffix).toList());
      }
      String name = matcher.group(1);
      if (!destinations.containsKey(name) && reader.exists(name)) {
        destinations.put(name, reader.read(name));
      }
    }
    return destinations;
  }

  private String text(SettingKey key, String name) {
    return values.text(key, DestinationKeys.PREFIX + name + DestinationKeys.suffix(key));
  }

  private boolean flag(SettingKey key, String name) {
    return Boolean.parseBoolean(text(key, name));
  }

  private boolean exists(String name) {
    long places =
        Stream.of(DestinationKeys.AET, DestinationKeys.URL, DestinationKeys.FOLDER)
            .filter(key -> !text(key, name).isEmpty())
            .count();
    if (places > 1) {
      throw new IllegalArgumentException(
          DestinationKeys.PREFIX + name + " has more than one of aet, url and folder");
    }
    return places == 1;
  }

  private Destination read(String name) {
    return new Destination(
        name,
        place(name),
        flag(DestinationKeys.COMMITMENT, name),
        flag(DestinationKeys.HOLD, name),
        list(text(DestinationKeys.SENDERS, name)),
        DestinationKeys.objects(text(DestinationKeys.OBJECTS, name)));
  }

  private Destination.Place place(String name) {
    String url = text(DestinationKeys.URL, name);
    String folder = text(DestinationKeys.FOLDER, name);
    if (!url.isEmpty()) {
      return new Destination.Stow(URI.create(url.endsWith("/") ? url : url + "/"));
    }
    if (!folder.isEmpty()) {
      return new Destination.Folder(Path.of(folder).toAbsolutePath().normalize());
    }
    if (text(DestinationKeys.AET, name).equals(DestinationKeys.SENDER)) {
      return new Destination.Sender();
    }
    try {
      return new Destination.Dicom(
          new PeerAddress(
              text(DestinationKeys.AET, name),
              text(DestinationKeys.HOST, name),
              Integer.parseInt(text(DestinationKeys.PORT, name))),
          flag(DestinationKeys.TLS, name),
          Secrets.user(
              DestinationKeys.PREFIX + name,
              text(DestinationKeys.USER, name),
              text(DestinationKeys.PASSWORD, name)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(DestinationKeys.PREFIX + name + ": " + e.getMessage(), e);
    }
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
