package org.qsmnode.store;

import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * A matching key of VR DA, TM or DT. It is a single value, or a range that is open at one end at
 * most (PS3.4 C.2.2.2.1 and C.2.2.2.5). Wild cards are for other VRs (PS3.4 C.2.2.2.4).
 *
 * @param from null: from the beginning
 * @param to null: to the end
 */
record TimeKey(@Nullable TimeSpan from, @Nullable TimeSpan to) {

  private static final Set<VR> KINDS = Set.of(VR.DA, VR.TM, VR.DT);

  static boolean isOf(@Nullable VR vr) {
    return vr != null && KINDS.contains(vr);
  }

  /** Reads a key; empty where it is neither a value nor a range. */
  static Optional<TimeKey> parse(VR vr, String text) {
    Optional<TimeSpan> single = TimeSpan.parse(vr, text.trim());
    if (single.isPresent()) {
      return Optional.of(new TimeKey(single.get(), single.get()));
    }
    for (int dash = text.indexOf('-'); dash >= 0; dash = text.indexOf('-', dash + 1)) {
      Optional<TimeKey> range =
          range(vr, text.substring(0, dash).trim(), text.substring(dash + 1).trim());
      if (range.isPresent()) {
        return range;
      }
    }
    return Optional.empty();
  }

  private static Optional<TimeKey> range(VR vr, String from, String to) {
    Optional<TimeSpan> first = TimeSpan.parse(vr, from);
    Optional<TimeSpan> last = TimeSpan.parse(vr, to);
    boolean valid =
        (first.isPresent() || from.isEmpty())
            && (last.isPresent() || to.isEmpty())
            && (first.isPresent() || last.isPresent());
    return valid
        ? Optional.of(new TimeKey(first.orElse(null), last.orElse(null)))
        : Optional.empty();
  }

  boolean holds(TimeSpan value) {
    return (from == null || value.startsFrom(from)) && (to == null || value.startsBy(to));
  }
}
