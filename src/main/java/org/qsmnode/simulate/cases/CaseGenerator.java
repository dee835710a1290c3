package org.qsmnode.simulate.cases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.qsmnode.field.FieldMapping;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.FieldSettings;
import org.qsmnode.field.LocalField;
import org.qsmnode.field.data.FieldMappingException;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.head.GeometricHead;
import org.qsmnode.simulate.head.Head;
import org.qsmnode.simulate.head.HeadPart;
import org.qsmnode.simulate.head.HeadPhantom;
import org.qsmnode.simulate.head.HeadSource;
import org.qsmnode.simulate.head.LabelHead;
import org.qsmnode.simulate.head.PointSpread;
import org.qsmnode.simulate.head.SampleGrid;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.ExactField;
import org.qsmnode.simulate.signal.HeadField;
import org.qsmnode.simulate.signal.SignalModel;
import org.qsmnode.volume.Box;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Makes inversion cases of a family from seeds. The field is that of magnetised cuboids in image
 * space, never the k-space kernel with which it is inverted. Half of the whole heads go through
 * field mapping with all its errors. Volumes are cut to the mask.
 */
public final class CaseGenerator {

  private static final int MARGIN_VOXELS = 3;
  private static final double VEIN_PART = 0.4;
  private static final double LEAST_BRAIN = 0.65;
  private static final double LEAST_INSIDE = 0.97;

  private final List<Path> labelMaps;

  /** Heads of {@code labelMaps} (FreeSurfer numbers) and procedural ones; the list may be empty. */
  public CaseGenerator(List<Path> labelMaps) {
    this.labelMaps = List.copyOf(labelMaps);
  }

  /**
   * The case of a seed.
   *
   * @throws FieldMappingException if field mapping refuses the simulated signal
   * @throws IOException if a label map cannot be read
   */
  public InversionCase make(CaseFamily family, long seed)
      throws IOException, FieldMappingException {
    return make(CaseRecipe.of(family, seed));
  }

  InversionCase make(CaseRecipe recipe) throws IOException, FieldMappingException {
    Grid grid = recipe.grid();
    Vector3 b0 = grid.orientation().toVoxelAxes(Vector3.Z);
    int[] factor = recipe.factor();
    if (recipe.bodies()) {
      SampleGrid sampling = only(grid, factor);
      Head head = GeometricHead.sample(sampling.fine(), recipe.seed());
      return exact(recipe, "geometric", head, sampling, b0);
    }
    Optional<Path> map = labelMap(recipe);
    String name = map.map(p -> p.getFileName().toString()).orElse("procedural");
    HeadSource source = source(recipe, map);
    if (recipe.mapped()) {
      SampleGrid sampling = SampleGrid.around(grid, source.low(), source.high(), factor);
      return mapped(recipe, name, source.sample(sampling.fine()), sampling, b0);
    }
    SampleGrid sampling = only(grid, factor);
    Head whole = source.sample(sampling.fine());
    Head head = recipe.part() ? whole.withBrain(HeadPart.cut(whole, recipe.seed())) : whole;
    return exact(recipe, name, head, sampling, b0);
  }

  private static SampleGrid only(Grid grid, int[] factor) {
    Vector3 inside = grid.positionMm(0, 0, 0);
    return SampleGrid.around(grid, inside, inside, factor);
  }

  private Optional<Path> labelMap(CaseRecipe recipe) {
    return recipe.labelMap() < 0 || labelMaps.isEmpty()
        ? Optional.empty()
        : Optional.of(labelMaps.get((int) (recipe.labelMap() * labelMaps.size())));
  }

  private static HeadSource source(CaseRecipe recipe, Optional<Path> map) throws IOException {
    if (map.isEmpty()) {
      return new HeadPhantom(recipe.seed(), recipe.findings(), recipe.variety());
    }
    Volume labels = Nifti.read(map.get()).single();
    return new LabelHead(labels, recipe.seed(), recipe.findings(), recipe.variety());
  }

  private static InversionCase exact(
      CaseRecipe recipe, String name, Head whole, SampleGrid sampling, Vector3 b0) {
    Mask mask = sampling.majority(whole.brain());
    Head head = whole.withBrain(sampling.within(mask, whole.brain()));
    spread(recipe, head);
    HeadField field = HeadField.ofBrain(head, b0);
    ComplexImages images =
        new SignalModel(recipe.protocol(), recipe.seed())
            .simulate(head, field.localPpm(), sampling);
    Volume truth = sampling.average(field.localPpm());
    LocalField local =
        recipe.evenNoise()
            ? ExactField.plain(images, truth, mask, b0, recipe.seed())
            : ExactField.of(images, truth, mask, b0, recipe.seed());
    Volume chi = sampling.average(HeadField.inBrain(head, field.meanChiPpm()));
    return cut(recipe, name, head, sampling, local, chi);
  }

  private static InversionCase mapped(
      CaseRecipe recipe, String name, Head head, SampleGrid sampling, Vector3 b0)
      throws FieldMappingException {
    spread(recipe, head);
    HeadField field = HeadField.of(head, b0);
    ComplexImages images =
        new SignalModel(recipe.protocol(), recipe.seed())
            .simulate(head, field.totalPpm(), sampling);
    // The sign is known here, so a doubtful one is no reason to refuse.
    FieldMapping mapping = new FieldMapping(FieldSettings.defaults().withoutSignCheck());
    LocalField local = mapping.map(images.toMultiEcho(Vector3.Z), Optional.empty(), Progress.NONE);
    requireBrain(local.mask(), sampling.majority(head.brain()));
    return cut(recipe, name, head, sampling, local, sampling.average(head.chiPpm()));
  }

  private static void spread(CaseRecipe recipe, Head head) {
    if (!recipe.sharp()) {
      PointSpread.apply(head.grid(), head.brain(), head.chiPpm());
    }
  }

  private static void requireBrain(Mask found, Mask brain) throws FieldMappingException {
    double both = found.and(brain).count();
    if (both < LEAST_BRAIN * brain.count() || both < LEAST_INSIDE * found.count()) {
      throw new FieldMappingException(
          FieldMappingException.Code.MASK_MISMATCH, "the mask that was found misses the brain");
    }
  }

  private static InversionCase cut(
      CaseRecipe recipe,
      String name,
      Head head,
      SampleGrid sampling,
      LocalField local,
      Volume chiPpm) {
    Mask mask = local.mask();
    Box box = Box.around(mask, MARGIN_VOXELS);
    LocalField field =
        new LocalField(
            box.crop(local.totalHz()),
            box.crop(local.localPpm()),
            box.crop(local.sdPpm()),
            box.crop(mask),
            box.crop(local.magnitude()),
            box.crop(local.r2starHz()),
            local.fieldStrengthTesla(),
            local.echoTimesSeconds(),
            local.b0Direction(),
            local.origin(),
            local.notes());
    Volume chi = referenced(chiPpm, mask);
    return new InversionCase(
        field, box.crop(chi), box.crop(labels(head, sampling)), facts(recipe, name, field));
  }

  private static Volume referenced(Volume chi, Mask mask) {
    double sum = 0;
    for (int i = 0; i < chi.data().length; i++) {
      sum += mask.data()[i] ? chi.data()[i] : 0;
    }
    double mean = sum / Math.max(1, mask.count());
    Volume inside = Volume.zeros(chi.grid());
    for (int i = 0; i < chi.data().length; i++) {
      inside.data()[i] = mask.data()[i] ? (float) (chi.data()[i] - mean) : 0;
    }
    return inside;
  }

  private static Volume labels(Head head, SampleGrid sampling) {
    byte[] kinds = sampling.mostFrequent(head.tissue(), Tissue.values().length);
    Volume veins = sampling.average(head.veinPart());
    Volume labels = Volume.zeros(sampling.acquired());
    for (int i = 0; i < kinds.length; i++) {
      Tissue kind = veins.data()[i] > VEIN_PART ? Tissue.VEIN : Tissue.of(kinds[i]);
      labels.data()[i] = kind.label;
    }
    return labels;
  }

  private static CaseFacts facts(CaseRecipe recipe, String name, LocalField field) {
    Vector3 b0 = field.b0Direction();
    double along = Math.max(Math.abs(b0.x()), Math.max(Math.abs(b0.y()), Math.abs(b0.z())));
    List<Double> times = Arrays.stream(recipe.protocol().echoTimesSeconds()).boxed().toList();
    return new CaseFacts(
        recipe.family().commandName(),
        recipe.seed(),
        name,
        recipe.mapped() ? FieldOrigin.MAPPED : FieldOrigin.EXACT,
        recipe.findings().stream().map(Enum::name).sorted().toList(),
        recipe.protocol().fieldStrengthTesla(),
        times,
        recipe.protocol().peakSnr(),
        Math.toDegrees(StrictMath.acos(Math.min(1, along))));
  }
}
