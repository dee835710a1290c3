package org.qsmnode.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * The parts of an HTTP request that resources look at.
 *
 * @param base scheme, host and path of the service, without a slash at the end
 * @param path below the base, starting with a slash
 * @param query raw, empty for none
 * @param accept the Accept header, empty for none
 */
record WebRequest(String base, String path, String query, String accept) {

  /** What may be in the answer; the query parameter {@code accept} goes before the header. */
  List<MediaRange> accepted() throws HttpRefusal {
    String wanted = accept;
    for (Map.Entry<String, String> parameter : parameters()) {
      if (parameter.getKey().equals("accept")) {
        wanted = parameter.getValue();
      }
    }
    return MediaRange.accepted(wanted);
  }

  /** Names and values of the query, decoded, in their order. */
  List<Map.Entry<String, String>> parameters() throws HttpRefusal {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equal = part.indexOf('=');
        parameters.add(
            Map.entry(
                decoded(equal < 0 ? part : part.substring(0, equal)),
                equal < 0 ? "" : decoded(part.substring(equal + 1))));
      }
    }
    return parameters;
  }

  /** The unique keys that the path names. */
  Attributes uniqueKeys() throws HttpRefusal {
    Attributes keys = new Attributes();
    put(keys, Tag.StudyInstanceUID, after("studies"));
    put(keys, Tag.SeriesInstanceUID, after("series"));
    put(keys, Tag.SOPInstanceUID, after("instances"));
    return keys;
  }

  /** The segment that follows {@code name}, empty if none does. */
  String after(String name) {
    String[] segments = path.split("/", -1);
    for (int i = 1; i + 1 < segments.length; i += 2) {
      if (segments[i].equals(name)) {
        return segments[i + 1];
      }
    }
    return "";
  }

  private static void put(Attributes keys, int tag, String uid) throws HttpRefusal {
    if (uid.isEmpty()) {
      return;
    }
    if (!uid.matches("[0-9.]{1,64}")) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "The path holds something that is no UID.");
    }
    keys.setString(tag, VR.UI, uid);
  }

  private static String decoded(String text) throws HttpRefusal {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "The query is not encoded as a URL.");
    }
  }
}
