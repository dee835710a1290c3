package org.qsmnode.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.qsmnode.field.FieldOrigin;
import org.qsmnode.field.LocalField;
import org.qsmnode.numeric.DipoleConvolution;
import org.qsmnode.numeric.Progress;
import org.qsmnode.numeric.SeededRandom;
import org.qsmnode.simulate.cases.CaseFacts;
import org.qsmnode.simulate.cases.CaseFolder;
import org.qsmnode.simulate.cases.InversionCase;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.head.Tissue;
import org.qsmnode.simulate.signal.ScanGeometry;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Morphology;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/**
 * Writes a case like those made from COSMOS maps: brain tissue only, without bone and air, its
 * field at voxel centres by the dipole in image space, even noise. Nothing of background removal is
 * in it.
 *
 * <p>Arguments: OUT LABELS nx ny nz voxelMm noisePpm seed, for example {@code case seg.nii.gz 184
 * 184 174 1 0.0013 1}; LABELS is {@code -} for a procedural head.
 */
public final class CosmosLikeCase {

  private CosmosLikeCase() {}

  public static void main(String[] args) throws IOException {
    double voxelMm = Double.parseDouble(args[5]);
    long seed = Long.parseLong(args[7]);
    SimulationRequest request =
        SimulationRequest.defaults(Vendor.SIEMENS, seed)
            .with(
                ScanGeometry.axial(
                    Integer.parseInt(args[2]),
                    Integer.parseInt(args[3]),
                    Integer.parseInt(args[4]),
                    voxelMm,
                    voxelMm))
            .sampledAt(voxelMm);
    if (!args[1].equals("-")) {
      request = request.withLabels(Path.of(args[1]));
    }
    Simulation.Case head = Simulation.simulate(request, Progress.NONE);
    Grid grid = head.truth().chiPpm().grid();
    Mask mask = brain(head.truth());
    float[] chi = demeaned(head.truth().chiPpm(), mask);
    Vector3 b0 = grid.orientation().toVoxelAxes(Vector3.Z);
    float[] field = new float[chi.length];
    DipoleConvolution.imageSpace(grid, b0).apply(chi, field);
    float[] noise = new float[chi.length];
    new SeededRandom(seed).fillGaussian(noise);
    float noisePpm = Float.parseFloat(args[6]);
    Volume sd = Volume.zeros(grid);
    Volume magnitude = Volume.zeros(grid);
    for (int i = 0; i < field.length; i++) {
      field[i] = mask.data()[i] ? field[i] + noisePpm * noise[i] : 0;
      sd.data()[i] = mask.data()[i] ? noisePpm : 0;
      magnitude.data()[i] = (float) head.images().magnitude(0, i);
    }
    CaseFacts facts =
        new CaseFacts(
            "cosmos-like",
            seed,
            request.labels().map(file -> String.valueOf(file.getFileName())).orElse("procedural"),
            FieldOrigin.EXACT,
            List.of(),
            3,
            List.of(),
            0,
            0);
    LocalField local =
        new LocalField(
            Volume.zeros(grid),
            new Volume(grid, field),
            sd,
            mask,
            magnitude,
            Volume.zeros(grid),
            3,
            List.of(),
            b0,
            FieldOrigin.EXACT,
            List.of());
    CaseFolder.write(
        new InversionCase(local, new Volume(grid, chi), head.truth().labels(), facts),
        Path.of(args[0]));
  }

  private static Mask brain(Truth truth) {
    boolean[] inside = truth.mask().data().clone();
    for (int i = 0; i < inside.length; i++) {
      int label = Math.round(truth.labels().data()[i]);
      inside[i] &=
          label != Tissue.BONE.label
              && label != Tissue.AIR.label
              && label != Tissue.MUSCLE.label
              && label != Tissue.FAT.label;
    }
    return Morphology.largestComponent(new Mask(truth.mask().grid(), inside));
  }

  private static float[] demeaned(Volume chiPpm, Mask mask) {
    double sum = 0;
    for (int i = 0; i < mask.data().length; i++) {
      sum += mask.data()[i] ? chiPpm.data()[i] : 0;
    }
    double mean = sum / mask.count();
    float[] chi = new float[mask.data().length];
    for (int i = 0; i < chi.length; i++) {
      chi[i] = mask.data()[i] ? (float) (chiPpm.data()[i] - mean) : 0;
    }
    return chi;
  }
}
