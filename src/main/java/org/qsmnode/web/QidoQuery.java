package org.qsmnode.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.VR;

/**
 * What a search asks for (PS3.18 8.3.4).
 *
 * @param keys attributes to match, the unique keys of the path among them
 * @param fields tags asked for beside those of the level
 * @param allFields whether everything known is asked for
 * @param limit most matches in the answer
 * @param offset matches left out first
 */
record QidoQuery(Attributes keys, Set<Integer> fields, boolean allFields, int limit, int offset) {

  QidoQuery {
    fields = Set.copyOf(fields);
  }

  /** Reads a request; an unknown attribute or a number that is none is refused. */
  static QidoQuery of(WebRequest request) throws HttpRefusal {
    Attributes keys = request.uniqueKeys();
    Set<Integer> fields = new TreeSet<>();
    boolean all = false;
    int limit = Integer.MAX_VALUE;
    int offset = 0;
    for (Map.Entry<String, String> parameter : request.parameters()) {
      String value = parameter.getValue();
      switch (parameter.getKey()) {
        case "accept", "fuzzymatching" -> {}
        case "limit" -> limit = whole(value);
        case "offset" -> offset = whole(value);
        case "includefield" -> {
          for (String name : value.split(",", -1)) {
            all |= name.equals("all");
            if (!name.equals("all")) {
              fields.add(path(name).get(0));
            }
          }
        }
        default -> {
          List<Integer> path = path(parameter.getKey());
          fields.add(path.get(0));
          match(keys, path, value);
        }
      }
    }
    return new QidoQuery(keys, fields, all, limit, offset);
  }

  private static void match(Attributes keys, List<Integer> path, String value) throws HttpRefusal {
    Attributes at = keys;
    for (int tag : path.subList(0, path.size() - 1)) {
      if (vr(tag) != VR.SQ) {
        throw refused("An attribute before a dot is no sequence.");
      }
      Sequence items = at.ensureSequence(tag, 1);
      if (items.isEmpty()) {
        items.add(new Attributes());
      }
      at = items.get(0);
    }
    int tag = path.get(path.size() - 1);
    VR vr = vr(tag);
    if (vr == VR.SQ || !(vr.isStringType() || isNumber(vr))) {
      throw refused("An attribute cannot be matched by a value.");
    }
    String text = vr == VR.UI ? value.replace(',', '\\') : value;
    if (text.isEmpty()) {
      at.setNull(tag, vr);
    } else if (isNumber(vr)) {
      at.setInt(tag, vr, whole(text));
    } else {
      at.setString(tag, vr, text.split("\\\\", -1));
    }
  }

  private static boolean isNumber(VR vr) {
    return vr == VR.US || vr == VR.UL || vr == VR.SS || vr == VR.SL;
  }

  private static List<Integer> path(String name) throws HttpRefusal {
    List<Integer> tags = new ArrayList<>();
    for (String part : name.split("\\.", -1)) {
      int tag =
          part.matches("[0-9A-Fa-f]{8}")
              ? Integer.parseUnsignedInt(part, 16)
              : ElementDictionary.tagForKeyword(part, null);
      if (tag == -1) {
        throw refused("The query names an attribute that is not in the dictionary.");
      }
      tags.add(tag);
    }
    return tags;
  }

  private static VR vr(int tag) {
    return ElementDictionary.vrOf(tag, null);
  }

  private static int whole(String text) throws HttpRefusal {
    if (!text.matches("[0-9]{1,9}")) {
      throw refused("A value of the query is no whole number.");
    }
    return Integer.parseInt(text);
  }

  private static HttpRefusal refused(String sentence) {
    return new HttpRefusal(HttpRefusal.BAD_REQUEST, sentence);
  }
}
