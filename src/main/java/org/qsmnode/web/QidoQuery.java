package org.qsmnode.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param warnings what was asked for and is not done, a sentence each
 */
record QidoQuery(
    Attributes keys,
    Set<Integer> fields,
    boolean allFields,
    int limit,
    int offset,
    List<String> warnings) {

  QidoQuery {
    fields = Set.copyOf(fields);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a request. What is not known is ignored with a warning, as PS3.18 8.3.4 asks; a value
   * that does not fit its attribute is refused.
   */
  static QidoQuery of(WebRequest request) throws HttpRefusal {
    Attributes keys = request.uniqueKeys();
    Set<Integer> fields = new TreeSet<>();
    boolean all = false;
    int limit = Integer.MAX_VALUE;
    int offset = 0;
    SearchWarnings warnings = new SearchWarnings();
    for (Map.Entry<String, String> parameter : request.parameters()) {
      String value = parameter.getValue();
      switch (parameter.getKey()) {
        case "accept" -> {}
        case "fuzzymatching" ->
            warnings.unsupported(
                "fuzzymatching", value, "Only literal matching has been performed.");
        case "emptyvaluematching", "multiplevaluematching" ->
            warnings.unsupported(parameter.getKey(), value, "Matching is that of a single value.");
        case "limit" -> limit = whole(value);
        case "offset" -> offset = whole(value);
        case "includefield" -> {
          for (String name : value.split(",", -1)) {
            Optional<List<Integer>> path = path(name);
            all |= name.equals("all");
            path.ifPresent(tags -> fields.add(tags.get(0)));
            if (path.isEmpty() && !name.equals("all")) {
              warnings.ignored(name);
            }
          }
        }
        default -> {
          Optional<List<Integer>> path = path(parameter.getKey());
          if (path.isPresent()) {
            fields.add(path.get().get(0));
            match(keys, path.get(), value);
          } else {
            warnings.ignored(parameter.getKey());
          }
        }
      }
    }
    return new QidoQuery(keys, fields, all, limit, offset, warnings.sentences());
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

  /** Tags by keyword or number, with dots into sequences; empty where one is not known. */
  private static Optional<List<Integer>> path(String name) {
    List<Integer> tags = new ArrayList<>();
    for (String part : name.split("\\.", -1)) {
      int tag =
          part.matches("[0-9A-Fa-f]{8}")
              ? Integer.parseUnsignedInt(part, 16)
              : ElementDictionary.tagForKeyword(part, null);
      if (tag == -1) {
        return Optional.empty();
      }
      tags.add(tag);
    }
    return Optional.of(tags);
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
