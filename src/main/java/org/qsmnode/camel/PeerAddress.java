package org.qsmnode.camel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code AET@host:port}, the address of an application entity.
 *
 * @param aeTitle AE title, 1..16 characters (PS3.5 6.2)
 * @param host host name or address; for a listener the address to bind to
 * @param port TCP port, 0 for any free one of a listener
 */
public record PeerAddress(String aeTitle, String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?<aet>[^@]+)@(?<host>\\[[^]]+]|[^:\\[\\]]+):(?<port>[0-9]{1,5})");

  public PeerAddress {
    if (!aeTitle.matches(
        "[\\x21-\\x5B\\x5D-\\x7E]([\\x20-\\x5B\\x5D-\\x7E]{0,14}[\\x21-\\x5B\\x5D-\\x7E])?")) {
      throw new IllegalArgumentException("aeTitle must be 1..16 printable ASCII characters");
    }
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be empty");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0..65535: " + port);
    }
  }

  /** Reads {@code AET@host:port}; an IPv6 host stands in brackets. */
  public static PeerAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("an address has the form AET@host:port, not " + text);
    }
    String host = matcher.group("host");
    return new PeerAddress(
        matcher.group("aet"),
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(matcher.group("port")));
  }

  @Override
  public String toString() {
    return aeTitle + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
