package org.qsmnode.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One member of an Accept header, or a Content-Type (RFC 9110 sections 8.3.1 and 12.5.1).
 *
 * @param type {@code type/subtype} in lower case, either may be {@code *} in a range
 * @param parameters by lower-case name, without quotes
 * @param quality 0 to 1, how much it is wanted
 */
record MediaRange(String type, Map<String, String> parameters, double quality) {

  MediaRange {
    parameters = Map.copyOf(parameters);
  }

  /** The ranges of an Accept header, best quality first; a missing header accepts everything. */
  static List<MediaRange> accepted(String header) throws HttpRefusal {
    List<MediaRange> ranges = new ArrayList<>();
    for (String part : split(header.isBlank() ? "*/*" : header, ',')) {
      MediaRange range = parse(part);
      if (range.quality() > 0) {
        ranges.add(range);
      }
    }
    ranges.sort((a, b) -> Double.compare(b.quality(), a.quality()));
    return ranges;
  }

  static MediaRange parse(String text) throws HttpRefusal {
    List<String> parts = split(text, ';');
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : parts.subList(1, parts.size())) {
      int equal = part.indexOf('=');
      if (equal > 0) {
        parameters.put(
            part.substring(0, equal).trim().toLowerCase(Locale.ROOT),
            part.substring(equal + 1).trim().replace("\"", ""));
      }
    }
    String type = parts.get(0).trim().toLowerCase(Locale.ROOT);
    if (!type.matches("[^/\\s]+/[^/\\s]+")) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "A media type cannot be read.");
    }
    return new MediaRange(type, parameters, quality(parameters));
  }

  /** Whether the range takes {@code media}, a type without parameters. */
  boolean takes(String media) {
    return covers(type, media);
  }

  /** Whether the range takes data sets in JSON, under either of the names that clients use. */
  boolean takesDicomJson() {
    return takes(Reply.DICOM_JSON) || takes("application/json");
  }

  /** Whether the range takes a multipart/related body of {@code part}s. */
  boolean takesMultipart(String part) {
    return takes("multipart/related") && covers(parameters.getOrDefault("type", "*/*"), part);
  }

  /** Whether the range takes objects in a transfer syntax; Explicit VR LE where it names none. */
  boolean takesSyntax(String uid, String defaultUid) {
    String wanted = parameters.getOrDefault("transfer-syntax", defaultUid);
    return wanted.equals("*") || wanted.equals(uid);
  }

  private static double quality(Map<String, String> parameters) throws HttpRefusal {
    try {
      return Double.parseDouble(parameters.getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "A quality of Accept is no number.");
    }
  }

  private static boolean covers(String range, String media) {
    return range.equals("*/*")
        || range.equals(media)
        || (range.endsWith("/*") && media.startsWith(range.substring(0, range.length() - 1)));
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (char c : text.toCharArray()) {
      quoted ^= c == '"';
      if (c == separator && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
