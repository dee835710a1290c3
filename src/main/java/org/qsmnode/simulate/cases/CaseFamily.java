package org.qsmnode.simulate.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qsmnode.simulate.head.Pathology;

/**
 * Families of inversion cases, one a row. A row says how often a case is a part of a head and how
 * often the field of a whole head is mapped. Then come findings, scan, voxels, handover, head and
 * use; their ranges and rates stand with the values of the columns.
 */
public enum CaseFamily {
  /** Whole heads, near axial or in the planes of the body, 1.5 and 3 T, some with small bleeds. */
  HEAD(
      0,
      0.5,
      FindingRates.lesions(0),
      ScanRanges.USUAL,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.WIDE,
      Use.TRAINING),
  /** Whole heads with white matter lesions. */
  LESIONS(
      0,
      0.5,
      FindingRates.lesions(1),
      ScanRanges.USUAL,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.WIDE,
      Use.TRAINING),
  /** Whole heads with one haemorrhage. */
  HAEMORRHAGE(
      0,
      0.5,
      FindingRates.always(Pathology.HAEMORRHAGE),
      ScanRanges.USUAL,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.WIDE,
      Use.TRAINING),
  /** Part of a head at voxels of 0.6 to 1.2 mm, as finer scans show it. */
  DETAIL(
      1,
      0.5,
      FindingRates.USUAL,
      ScanRanges.USUAL,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.WIDE,
      Use.TRAINING),
  /** Ellipsoids and boxes of random susceptibility. */
  GEOMETRIC(
      1,
      0.5,
      FindingRates.USUAL,
      ScanRanges.USUAL,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.BODIES,
      Use.TRAINING),
  /** Whole heads with calcifications. */
  CALCIFICATION(
      0,
      0.5,
      FindingRates.always(Pathology.CALCIFICATION),
      ScanRanges.USUAL,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.WIDE,
      Use.HELD_OUT),
  /** Whole heads at 7 T. */
  SEVEN_TESLA(
      0,
      0.5,
      FindingRates.USUAL,
      ScanRanges.SEVEN_TESLA,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.WIDE,
      Use.HELD_OUT),
  /** Whole heads in slices turned by 30 to 50 degrees. */
  OBLIQUE(
      0,
      0.5,
      FindingRates.USUAL,
      ScanRanges.OBLIQUE,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.WIDE,
      Use.TRAINING),
  /** Whole heads of peak SNR 10 to 20. */
  NOISY(
      0,
      0.5,
      FindingRates.USUAL,
      ScanRanges.NOISY,
      VoxelRanges.USUAL,
      Handover.SIGNAL_NOISE,
      HeadKind.WIDE,
      Use.TRAINING),
  /**
   * Whole heads and parts of heads as other software hands over a field. Their noise is even
   * everywhere, stated or not, and they come with or without magnitude.
   */
  PLAIN(
      0.4,
      0,
      FindingRates.USUAL,
      ScanRanges.USUAL,
      VoxelRanges.USUAL,
      Handover.FIELD_ALONE,
      HeadKind.WIDE,
      Use.TRAINING),
  /**
   * Whole heads and parts of heads of ordinary values, as {@code simulate} makes studies; where the
   * field is not mapped, its noise is even everywhere.
   */
  ORDINARY(
      0.25,
      0.5,
      FindingRates.HEALTHY,
      ScanRanges.USUAL,
      VoxelRanges.USUAL,
      Handover.EVEN_NOISE,
      HeadKind.ORDINARY,
      Use.TRAINING),
  /**
   * Whole heads at voxels of 0.8 to 1.6 mm in the plane, as most protocols have them, always
   * mapped; every second one has ordinary values. A case takes minutes and a heap of 9 GB, so they
   * are made on request only.
   */
  FINE(
      0,
      1,
      FindingRates.USUAL,
      ScanRanges.USUAL,
      VoxelRanges.FINE,
      Handover.SIGNAL_NOISE,
      HeadKind.MIXED,
      Use.ON_REQUEST),
  /**
   * Whole heads whose tissues end at the edges of voxels, as digital phantoms have them: neither
   * sub-voxels nor a point spread. Every second one has ordinary values; where the field is not
   * mapped, its noise is even everywhere. Those that are mapped are fine or coarse; made on request
   * only.
   */
  SHARP(
      0,
      0.5,
      FindingRates.USUAL,
      ScanRanges.USUAL,
      VoxelRanges.SHARP,
      Handover.EVEN_NOISE,
      HeadKind.MIXED,
      Use.ON_REQUEST);

  /** What comes with a field that is not mapped. */
  enum Handover {
    /** Noise as the signal of each voxel gives it, and the echo times. */
    SIGNAL_NOISE,
    /** Noise that is even everywhere, and the echo times. */
    EVEN_NOISE,
    /** Noise that is even everywhere; no echo times, as of other software. */
    FIELD_ALONE
  }

  /** What lies in the field of view. */
  enum HeadKind {
    /** Heads with everything drawn from ranges as wide as patients show. */
    WIDE,
    /** Heads whose values vary as between healthy people. */
    ORDINARY,
    /** Ordinary heads at even seeds, wide ones at odd seeds. */
    MIXED,
    /** Ellipsoids and boxes. */
    BODIES
  }

  /** What the cases are for. */
  enum Use {
    /** Trained on. */
    TRAINING,
    /** Never trained on; they measure shift. */
    HELD_OUT,
    /** Trained on where they are named, and made only then. */
    ON_REQUEST
  }

  /** Probability that a case is a part of a head, or bodies, and not a whole head. */
  final double partRate;

  /** Probability that the field of a whole head is mapped. */
  final double mappedRate;

  final FindingRates findings;
  final ScanRanges scan;
  final VoxelRanges voxels;
  final Handover handover;
  final HeadKind head;
  final Use use;

  CaseFamily(
      double partRate,
      double mappedRate,
      FindingRates findings,
      ScanRanges scan,
      VoxelRanges voxels,
      Handover handover,
      HeadKind head,
      Use use) {
    this.partRate = partRate;
    this.mappedRate = mappedRate;
    this.findings = findings;
    this.scan = scan;
    this.voxels = voxels;
    this.handover = handover;
    this.head = head;
    this.use = use;
  }

  /** Whether cases of this family are never trained on. */
  public boolean heldOut() {
    return use == Use.HELD_OUT;
  }

  /** Families that are made where none is named. */
  public static List<CaseFamily> usual() {
    return Arrays.stream(values()).filter(family -> family.use != Use.ON_REQUEST).toList();
  }

  /** All families but those that are held out or made on request only. */
  public static List<CaseFamily> usualInTraining() {
    return usual().stream().filter(family -> !family.heldOut()).toList();
  }

  /** Name on the command line and in {@code case.json}, for example {@code seven-tesla}. */
  public String commandName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The family of a command line name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CaseFamily named(String name) {
    for (CaseFamily family : values()) {
      if (family.commandName().equals(name)) {
        return family;
      }
    }
    throw new IllegalArgumentException("no family is called '" + name + "'");
  }
}
