package org.qsmnode.field.check;

import java.util.List;
import java.util.Locale;
import org.qsmnode.field.data.EchoImages;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.volume.Mask;

/** Holds phase that somebody changed before it came here; says in notes what was looked at. */
public final class PhaseDoubts {

  private PhaseDoubts() {}

  /**
   * Looks at all echoes inside {@code mask}.
   *
   * @throws FieldMappingException with {@link FieldMappingException.Code#FILTERED_PHASE} or {@link
   *     FieldMappingException.Code#INTERPOLATED_PHASE}
   */
  public static void check(EchoImages images, Mask mask, List<String> notes)
      throws FieldMappingException {
    double realShare = PhaseFilterCheck.realShare(images, mask);
    if (PhaseFilterCheck.isFiltered(realShare)) {
      throw new FieldMappingException(
          FieldMappingException.Code.FILTERED_PHASE,
          String.format(
              Locale.ROOT,
              "the phase has no part on a large scale, as after a high-pass filter: %.2f of the"
                  + " signal of 24 mm blocks is real at every echo",
              realShare));
    }
    WrapCheck wraps = WrapCheck.of(images, mask);
    if (wraps.isInterpolated()) {
      throw new FieldMappingException(
          FieldMappingException.Code.INTERPOLATED_PHASE,
          String.format(
              Locale.ROOT,
              "the phase was interpolated across wraps: %d of %d wraps have an angle in between",
              wraps.off(),
              wraps.wraps()));
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "Phase check: real share of large blocks %.2f, %d of %d wraps interpolated.",
            realShare,
            wraps.off(),
            wraps.wraps()));
  }
}
