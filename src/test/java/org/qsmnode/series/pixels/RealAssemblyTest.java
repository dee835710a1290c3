package org.qsmnode.series.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.find.RecognitionSettings;
import org.qsmnode.series.find.SharedInputs;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.MultiEcho;

/** Real acquisitions become volumes with the right scale, order and geometry. */
class RealAssemblyTest {

  @Test
  void philipsHeadHasItsObliqueGridAndPhaseFromMilliradians() throws Exception {
    AssembledAcquisition head =
        assemble("philips-elition-brain-2echo-classic", RecognitionSettings.defaults());
    MultiEcho images = head.images();
    Grid grid = images.grid();
    assertEquals(List.of(80, 80, 53), List.of(grid.nx(), grid.ny(), grid.nz()));
    assertEquals(3, grid.dzMm(), 1e-5);
    assertEquals(127.748512 / 42.577478518, images.fieldStrengthTesla(), 1e-9);
    // Main field along the patient, seen from an image plane tilted by 3.5 degrees.
    assertEquals(0.0608150, images.b0Direction().x(), 1e-6);
    assertEquals(0.9981463, images.b0Direction().z(), 1e-6);
    assertEquals("unit mrad", head.sources().phaseScaleEvidence());
    assertEquals(Chopper.ABSENT, head.sources().chopper());
    assertEquals(1, head.sources().phaseSign());
    assertFullTurn(images);
    assertSlicesFollowGrid(head);
    assertTrue(head.notes().stream().anyMatch(n -> n.startsWith("Short echo train")));
  }

  @Test
  void siemensPhantomPhaseIsScaledByItsRangeAndEvolvesLinearly() throws Exception {
    AssembledAcquisition phantom =
        assemble("siemens-ve11-phantom-6echo", new RecognitionSettings(2, 10, List.of()));
    MultiEcho images = phantom.images();
    assertEquals("data range 0..4095", phantom.sources().phaseScaleEvidence());
    assertEquals(6, images.echoes());
    assertEquals(2.1875, images.grid().dxMm());
    assertFullTurn(images);
    assertSlicesFollowGrid(phantom);
    assertTrue(secondDifference(images) > 0.9, "sharpness " + secondDifference(images));
  }

  private static void assertFullTurn(MultiEcho images) {
    for (int echo = 0; echo < images.echoes(); echo++) {
      ValueRange range = ValueRange.of(List.of(images.phaseRad().get(echo).data()));
      assertEquals(-Math.PI, range.lowest(), 0.01);
      assertEquals(Math.PI, range.highest(), 0.01);
    }
  }

  /** Resultant length of S1 S3 conj(S2)^2 where signal is strong; 1 if phase is linear in time. */
  private static double secondDifference(MultiEcho images) {
    float[] magnitude = images.magnitude().get(2).data();
    float threshold = ValueRange.bright(magnitude) / 2;
    double re = 0;
    double im = 0;
    int count = 0;
    for (int i = 0; i < magnitude.length; i++) {
      if (magnitude[i] > threshold) {
        double d =
            images.phaseRad().get(0).data()[i]
                - 2 * images.phaseRad().get(1).data()[i]
                + images.phaseRad().get(2).data()[i];
        re += Math.cos(d);
        im += Math.sin(d);
        count++;
      }
    }
    return Math.hypot(re, im) / count;
  }

  private static void assertSlicesFollowGrid(AssembledAcquisition assembled) {
    Grid grid = assembled.images().grid();
    List<SourceSlice> slices = assembled.sources().slices();
    assertEquals(grid.nz(), slices.size());
    for (int z = 0; z < slices.size(); z++) {
      SourceSlice slice = slices.get(z);
      double[] position = slice.header().getDoubles(Tag.ImagePositionPatient);
      assertEquals(grid.positionMm(0, 0, z).x(), position[0], 0.01);
      assertEquals(grid.positionMm(0, 0, z).y(), position[1], 0.01);
      assertEquals(grid.positionMm(0, 0, z).z(), position[2], 0.01);
      assertTrue(!slice.header().contains(Tag.PixelData), "pixels kept in the header");
      assertEquals(2 * assembled.images().echoes(), slice.references().size());
      assertEquals(
          assembled.images().echoTimesSeconds()[0] * 1000,
          slice.header().getDouble(Tag.EchoTime, 0),
          1e-9);
    }
  }

  private static AssembledAcquisition assemble(String name, RecognitionSettings settings)
      throws Exception {
    SharedInputs.Folder folder = SharedInputs.index(name);
    List<Acquisition> found = new Recognition(settings).recognise(folder.instances());
    return new Assembly(settings).assemble(found.get(0), folder::file);
  }
}
