package org.qsmnode.simulate.head;

import java.util.Random;

/** Tissue properties of one simulated person: the mean values with seeded individual variation. */
public final class TissueTable {

  private final double[] chiPpm = new double[Tissue.values().length];
  private final double[] r2StarHz = new double[chiPpm.length];

  /** Individual values; deep grey susceptibility is log-normal around its mean. */
  public static TissueTable individual(long seed) {
    TissueTable table = new TissueTable();
    Random random = new Random(seed);
    for (Tissue tissue : Tissue.values()) {
      double first = random.nextGaussian();
      double second = random.nextDouble();
      double chi = tissue.chiPpm;
      if (tissue.deepGrey()) {
        chi *= StrictMath.exp(0.2 * first);
      } else if (tissue == Tissue.VEIN) {
        chi = 3.39 * (0.35 + 0.12 * second) * (0.2 + 0.1 * random.nextDouble());
      } else if (tissue == Tissue.BONE) {
        chi *= 0.7 + 0.6 * second;
      } else if (Math.abs(chi) < 0.1) {
        chi += 0.003 * first;
      }
      table.chiPpm[tissue.ordinal()] = chi;
      table.r2StarHz[tissue.ordinal()] = tissue.r2StarHz * (0.9 + 0.2 * second);
    }
    return table;
  }

  /** Values as far apart as patients show; blood products and calcium over their whole range. */
  static TissueTable wide(long seed) {
    TissueTable table = individual(seed);
    Random random = new Random(~seed);
    for (Tissue tissue : Tissue.values()) {
      double normal = random.nextGaussian();
      double even = random.nextDouble();
      double chi = table.chiPpm(tissue);
      double wider =
          switch (tissue) {
            case VEIN -> 3.39 * (0.35 + 0.12 * even) * (0.15 + 0.3 * random.nextDouble());
            case HAEMORRHAGE -> 0.3 + 1.2 * even;
            case CALCIFICATION -> -0.2 * StrictMath.pow(16.5, even);
            case LESION -> -0.025 + 0.055 * even;
            default -> tissue.deepGrey() ? chi * StrictMath.exp(0.15 * normal) : chi;
          };
      boolean soft = Math.abs(tissue.chiPpm) < 0.1 && !tissue.deepGrey();
      table.chiPpm[tissue.ordinal()] = soft ? wider + 0.004 * normal : wider;
      table.r2StarHz[tissue.ordinal()] *= 0.9 + 0.2 * even;
    }
    return table;
  }

  public double chiPpm(Tissue tissue) {
    return chiPpm[tissue.ordinal()];
  }

  /** At 3 T. */
  double r2StarHz(Tissue tissue) {
    return r2StarHz[tissue.ordinal()];
  }

  public double protonDensity(Tissue tissue) {
    return tissue.protonDensity;
  }

  /** T1 grows with about the cube root of the field strength. */
  public double t1Seconds(Tissue tissue, double fieldStrengthTesla) {
    return tissue.t1Seconds * StrictMath.cbrt(fieldStrengthTesla / 3);
  }
}
