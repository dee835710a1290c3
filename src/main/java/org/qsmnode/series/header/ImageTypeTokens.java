package org.qsmnode.series.header;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Meaning of the values of ImageType beyond the second, compared as whole upper-case tokens. */
public final class ImageTypeTokens {

  private static final Set<String> MAGNITUDE =
      Set.of("M", "MAG", "MAGNITUDE", "M_FFE", "MAGNITUDE_IMAGE");
  private static final Set<String> PHASE =
      Set.of("P", "PHASE", "PHASE MAP", "P_FFE", "PHASE_IMAGE");
  private static final Set<String> REAL = Set.of("R", "REAL", "R_FFE", "REAL_IMAGE");
  private static final Set<String> IMAGINARY = Set.of("I", "IMAGINARY", "I_FFE", "IMAGINARY_IMAGE");
  private static final Set<String> OTHER = Set.of("M_SE", "M_PCA", "P_SE", "P_PCA");
  private static final Set<String> FIELD_MAP =
      Set.of("B0 MAP", "B0_MAP", "B0", "FIELD_MAP", "FIELD MAP", "FIELDMAPHZ");
  private static final Set<String> COMPUTED =
      Set.of(
          "SWI",
          "MNIP",
          "MINIP",
          "MIN IP",
          "MIP",
          "PROJECTION IMAGE",
          "FIL",
          "MOSAIC",
          "ADC",
          "TRACEW",
          "FA",
          "MPR",
          "T2_STAR MAP",
          "R2STAR",
          "R2_STAR",
          "R2_STAR MAP",
          "QSM",
          "DIFFUSION",
          "PERFUSION",
          "POSDISP");
  private static final Set<String> FILTER = Set.of("SWI", "FIL");

  /** Tokens that occur and name no component; kept as text because notes and tests name them. */
  private static final Set<String> PLAIN =
      Set.of(
          "ORIGINAL",
          "DERIVED",
          "PRIMARY",
          "SECONDARY",
          "OTHER",
          "NONE",
          "MIXED",
          "ND",
          "NORM",
          "DIS2D",
          "DIS3D",
          "FFE",
          "IN_PHASE");

  /** A token that starts so marks a report of the scanner. */
  private static final String REPORT = "CSA";

  private ImageTypeTokens() {}

  /** The form in which a token is kept: itself if it has a meaning here, else a digest. */
  static String kept(String token) {
    if (token.startsWith(REPORT)) {
      return REPORT;
    }
    boolean known =
        component(token) != Component.UNKNOWN
            || PLAIN.contains(token)
            || COMPUTED.contains(token)
            || FIELD_MAP.contains(token)
            || OwnIdentity.isSusceptibilityMap(List.of(token));
    return known ? token : FactText.digest(token);
  }

  /** The kept form of values that are joined by a backslash. */
  static String keptValues(String joined) {
    return Arrays.stream(joined.split("\\\\", -1))
        .map(ImageTypeTokens::kept)
        .collect(Collectors.joining("\\"));
  }

  /** The component a token names, {@code UNKNOWN} if it names none. */
  public static Component component(String token) {
    if (MAGNITUDE.contains(token)) {
      return Component.MAGNITUDE;
    }
    if (PHASE.contains(token)) {
      return Component.PHASE;
    }
    if (REAL.contains(token)) {
      return Component.REAL;
    }
    if (IMAGINARY.contains(token)) {
      return Component.IMAGINARY;
    }
    return OTHER.contains(token) ? Component.OTHER : Component.UNKNOWN;
  }

  /** What the tokens from the third on say together; contradiction is {@code AMBIGUOUS}. */
  public static Component component(List<String> imageType) {
    Component found = Component.UNKNOWN;
    for (int i = 2; i < imageType.size(); i++) {
      Component named = component(imageType.get(i));
      if (named == Component.UNKNOWN) {
        continue;
      }
      if (found != Component.UNKNOWN && found != named) {
        return Component.AMBIGUOUS;
      }
      found = named;
    }
    return found;
  }

  /** Whether the tokens mark an image that was computed from others or is of no use here. */
  public static boolean isComputed(List<String> imageType) {
    for (int i = 2; i < imageType.size(); i++) {
      String token = imageType.get(i);
      if (COMPUTED.contains(token) || token.startsWith(REPORT)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the tokens mark a high-pass filtered image. */
  public static boolean isFiltered(List<String> imageType) {
    return imageType.stream().skip(2).anyMatch(FILTER::contains);
  }

  /** Whether the tokens mark a field map computed by the scanner. */
  public static boolean isFieldMap(List<String> imageType) {
    return imageType.stream().skip(2).anyMatch(FIELD_MAP::contains);
  }

  /** Whether the first value marks the pixels as derived. */
  public static boolean isDerived(List<String> imageType) {
    return !imageType.isEmpty() && imageType.get(0).equals("DERIVED");
  }

  /** The tokens that remain without those that name a component: what kind of reconstruction. */
  public static List<String> signature(List<String> imageType) {
    return imageType.stream()
        .filter(token -> component(token) == Component.UNKNOWN)
        .filter(token -> !token.equals("NONE"))
        .sorted()
        .toList();
  }
}
