package org.qsmnode.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Attribute matching of queries (PS3.4 C.2.2.2): universal, single value, list of UIDs, wildcard,
 * range of dates or times, sequence.
 *
 * <p>A key that an entity does not know is not used for matching. Person names match regardless of
 * case.
 */
public final class QueryKeys {

  private static final Set<Integer> NOT_MATCHED =
      Set.of(Tag.QueryRetrieveLevel, Tag.SpecificCharacterSet, Tag.TimezoneOffsetFromUTC);
  private static final Set<VR> WILDCARD =
      Set.of(VR.AE, VR.CS, VR.LO, VR.LT, VR.PN, VR.SH, VR.ST, VR.UC, VR.UR, VR.UT);

  /** Longest keyword that leaves room for a sentence in an error comment of 64 characters. */
  private static final int MOST_NAME = 40;

  private QueryKeys() {}

  /**
   * Refuses keys that cannot be matched: a date or time that is none, in an item of a sequence too.
   *
   * @throws QueryKeyException for the first of them
   */
  public static void check(Attributes keys) throws QueryKeyException {
    for (int tag : keys.tags()) {
      VR vr = keys.getVR(tag);
      Sequence items = vr == VR.SQ ? keys.getSequence(tag) : null;
      for (int i = 0; items != null && i < items.size(); i++) {
        check(items.get(i));
      }
      String[] values = TimeKey.isOf(vr) ? keys.getStrings(tag) : null;
      for (int i = 0; values != null && i < values.length; i++) {
        boolean empty = values[i] == null || values[i].isBlank();
        if (!empty && TimeKey.parse(vr, values[i]).isEmpty()) {
          String name = ElementDictionary.keywordOf(tag, null);
          throw new QueryKeyException(
              name.length() > MOST_NAME
                  ? "a key of the query is no date or time"
                  : name + " is no date, time or range");
        }
      }
    }
  }

  /** Whether an entity meets every key that it knows. */
  public static boolean match(Attributes keys, Attributes entity) {
    return Arrays.stream(keys.tags())
        .filter(tag -> !NOT_MATCHED.contains(tag) && entity.contains(tag))
        .allMatch(tag -> matches(tag, keys, entity));
  }

  /** Whether some key with a value is one that the entity does not know. */
  public static boolean ignored(Attributes keys, Attributes entity) {
    return Arrays.stream(keys.tags())
        .anyMatch(
            tag -> !NOT_MATCHED.contains(tag) && keys.containsValue(tag) && !entity.contains(tag));
  }

  private static boolean matches(int tag, Attributes keys, Attributes entity) {
    VR vr = keys.getVR(tag);
    if (vr == VR.SQ) {
      Sequence items = keys.getSequence(tag);
      Sequence others = entity.getSequence(tag);
      return items == null
          || items.isEmpty()
          || items.get(0).isEmpty()
          || (others != null && others.stream().anyMatch(item -> match(items.get(0), item)));
    }
    String[] wanted = keys.getStrings(tag);
    if (wanted == null || wanted.length == 0) {
      return true;
    }
    String[] values = entity.getStrings(tag);
    return values != null
        && Arrays.stream(values)
            .anyMatch(
                value ->
                    Arrays.stream(wanted).anyMatch(key -> key != null && matches(vr, key, value)));
  }

  private static boolean matches(VR vr, String wantedText, String valueText) {
    String wanted = wantedText.trim();
    String value = valueText.trim();
    if (TimeKey.isOf(vr)) {
      return TimeKey.parse(vr, wanted)
          .flatMap(key -> TimeSpan.parse(vr, value).map(key::holds))
          .orElse(false);
    }
    if (vr == VR.PN) {
      return wildcard(wanted.toUpperCase(Locale.ROOT), value.toUpperCase(Locale.ROOT));
    }
    if (vr == VR.IS || vr == VR.DS) {
      return number(wanted).equals(number(value));
    }
    return WILDCARD.contains(vr) ? wildcard(wanted, value) : wanted.equals(value);
  }

  /**
   * Matches {@code *} and {@code ?}. Only the last asterisk is tried again, so that the time is at
   * most the product of both lengths. A regular expression could take for ever.
   */
  private static boolean wildcard(String wanted, String value) {
    int at = 0;
    int asterisk = -1;
    int resumed = 0;
    for (int i = 0; i < value.length(); ) {
      if (at < wanted.length() && wanted.charAt(at) == '*') {
        asterisk = at++;
        resumed = i;
      } else if (at < wanted.length()
          && (wanted.charAt(at) == '?' || wanted.charAt(at) == value.charAt(i))) {
        at++;
        i++;
      } else if (asterisk >= 0) {
        at = asterisk + 1;
        i = ++resumed;
      } else {
        return false;
      }
    }
    return wanted.substring(at).chars().allMatch(c -> c == '*');
  }

  private static String number(String text) {
    try {
      return String.valueOf(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
