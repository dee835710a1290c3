package org.qsmnode.simulate.head;

/**
 * Tissues of a simulated head with their mean properties at 3 T.
 *
 * <p>Susceptibilities follow the head phantom of the QSM reconstruction challenge 2.0 (Marques et
 * al., Magn Reson Med 2021, doi:10.1002/mrm.28716); relaxation rates and proton density are typical
 * literature values.
 */
public enum Tissue {
  AIR(14, 9.2, 0, 1, 0),
  CAUDATE(1, 0.044, 23, 1.30, 0.83),
  PALLIDUM(2, 0.131, 37, 1.00, 0.76),
  PUTAMEN(3, 0.038, 26, 1.20, 0.82),
  RED_NUCLEUS(4, 0.100, 32, 1.05, 0.78),
  DENTATE(5, 0.152, 28, 1.10, 0.79),
  NIGRA(6, 0.111, 34, 1.05, 0.78),
  THALAMUS(7, 0.020, 20, 1.15, 0.79),
  WHITE(8, -0.030, 21, 0.85, 0.70),
  GREY(9, 0.020, 17, 1.40, 0.82),
  CSF(10, 0.019, 1.5, 4.30, 1.0),
  VEIN(11, 0.300, 35, 1.70, 0.86),
  FAT(12, 0.019, 40, 0.37, 0.90),
  BONE(13, -2.1, 800, 0.20, 0.12),
  MUSCLE(15, 0.0, 35, 1.42, 0.79),
  CALCIFICATION(16, -1.2, 200, 0.60, 0.30),
  BRAINSTEM(17, -0.010, 22, 0.95, 0.73),
  EYE(18, 0.0, 2, 4.00, 1.0),
  MARROW(19, -0.3, 120, 0.45, 0.60),
  LESION(20, 0.010, 14, 1.45, 0.86),
  HAEMORRHAGE(21, 0.700, 160, 1.00, 0.75),
  CHOROID(22, 0.050, 30, 1.60, 0.85);

  /** Number of this tissue in a label volume. */
  public final int label;

  final double chiPpm;
  final double r2StarHz;
  final double t1Seconds;
  final double protonDensity;

  private static final Tissue[] VALUES = values();

  Tissue(int label, double chiPpm, double r2StarHz, double t1Seconds, double protonDensity) {
    this.label = label;
    this.chiPpm = chiPpm;
    this.r2StarHz = r2StarHz;
    this.t1Seconds = t1Seconds;
    this.protonDensity = protonDensity;
  }

  public static Tissue of(int ordinal) {
    return VALUES[ordinal];
  }

  /** Iron-rich grey matter, whose susceptibility varies most between people. */
  public boolean deepGrey() {
    return label >= 1 && label <= 7;
  }

  /** Smooth variation of the susceptibility inside the tissue, one standard deviation in ppm. */
  double texturePpm() {
    if (deepGrey()) {
      return 0.012;
    }
    return switch (this) {
      case WHITE, GREY, BRAINSTEM, LESION -> 0.008;
      case CSF -> 0.002;
      case HAEMORRHAGE, CALCIFICATION -> 0.1;
      case BONE, MARROW -> 0.1;
      default -> 0;
    };
  }
}
