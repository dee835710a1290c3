package org.qsmnode.series.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.series.find.Acquisition;
import org.qsmnode.series.find.Headers;
import org.qsmnode.series.find.Outcome;
import org.qsmnode.series.find.Recognition;
import org.qsmnode.series.find.RecognitionSettings;
import org.qsmnode.series.find.SharedInputs;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.PhaseScale;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;

/** What only the pixels can tell. */
class AssemblyTest {

  private static final int PIXELS = 20;
  private static final RecognitionSettings SETTINGS = RecognitionSettings.defaults();

  @TempDir Path directory;

  private interface Stored {
    int at(Component component, int echo, int pixel);
  }

  private List<Attributes> withPixels(
      List<Component> components, Headers.Bend bend, Stored stored) {
    return Headers.stack(
        components,
        (a, component, echo, slice) -> {
          a.setInt(Tag.BitsStored, VR.US, 16);
          a.setInt(Tag.HighBit, VR.US, 15);
          a.setInt(Tag.PixelRepresentation, VR.US, 1);
          bend.at(a, component, echo, slice);
          byte[] pixels = new byte[2 * PIXELS];
          for (int i = 0; i < PIXELS; i++) {
            int value = stored.at(component, echo, i);
            pixels[2 * i] = (byte) value;
            pixels[2 * i + 1] = (byte) (value >> 8);
          }
          a.setBytes(Tag.PixelData, VR.OW, pixels);
        });
  }

  private AssembledAcquisition assemble(List<Attributes> images)
      throws IOException, RefusedException {
    int number = 0;
    for (Attributes image : images) {
      Path file = directory.resolve(number++ + ".dcm");
      try (DicomOutputStream out =
          new DicomOutputStream(Files.newOutputStream(file), UID.ExplicitVRLittleEndian)) {
        out.writeDataset(image.createFileMetaInformation(UID.ExplicitVRLittleEndian), image);
      }
    }
    SharedInputs.Folder folder = SharedInputs.index(directory);
    Acquisition acquisition = new Recognition(SETTINGS).recognise(folder.instances()).get(0);
    assertEquals(Outcome.ACCEPTED, acquisition.outcome(), acquisition.reason().toString());
    return new Assembly(SETTINGS).assemble(acquisition, folder::file);
  }

  private static ReasonCode refusal(org.junit.jupiter.api.function.Executable assembly) {
    return assertThrows(RefusedException.class, assembly).reason().code();
  }

  private static int angle(int echo, int pixel) {
    return (pixel * 331 + echo * 700) % 6283 - 3141;
  }

  private List<Attributes> milliradians(int stretch) {
    return withPixels(
        List.of(Component.MAGNITUDE, Component.PHASE),
        (a, component, echo, slice) -> {
          a.remove(Tag.RescaleSlope);
          a.remove(Tag.RescaleIntercept);
          a.setString(Tag.Manufacturer, VR.LO, "GE MEDICAL SYSTEMS");
          a.setInt("GEMS_PARM_01", 0x0043102F, VR.SS, component == Component.PHASE ? 1 : 0);
        },
        (component, echo, i) -> component == Component.PHASE ? angle(echo, i) / stretch : 100 + i);
  }

  @Test
  void gePhaseInMilliradiansIsTurnedToGrowWithField() throws Exception {
    AssembledAcquisition assembled = assemble(milliradians(1));
    for (int echo = 0; echo < 3; echo++) {
      float[] phase = assembled.images().phaseRad().get(echo).data();
      for (int i = 0; i < PIXELS; i++) {
        assertEquals(0, PhaseScale.wrap(phase[i] + 0.001 * angle(echo, i)), 1e-5, "echo " + echo);
      }
    }
    assertEquals(-1, assembled.sources().phaseSign());
    assertEquals("data range +-3142", assembled.sources().phaseScaleEvidence());
  }

  @Test
  void phaseThatFitsNoScaleIsRefused() {
    assertEquals(ReasonCode.UNKNOWN_PHASE_SCALE, refusal(() -> assemble(milliradians(5))));
  }

  @Test
  void copiesWithOtherPixelsAreRefused() {
    List<Attributes> images = new ArrayList<>(milliradians(1));
    Attributes copy = new Attributes(images.get(7));
    copy.setString(Tag.SOPInstanceUID, VR.UI, "1.9.9");
    byte[] pixels = copy.getSafeBytes(Tag.PixelData).clone();
    pixels[3] ^= 1;
    copy.setBytes(Tag.PixelData, VR.OW, pixels);
    images.add(copy);
    assertEquals(ReasonCode.AMBIGUOUS_REPETITION, refusal(() -> assemble(images)));
  }

  private List<Attributes> turns(boolean signed) {
    List<Component> parts = List.of(Component.MAGNITUDE, Component.REAL, Component.IMAGINARY);
    return withPixels(
        parts,
        (a, component, echo, slice) -> {
          Headers.imageType(a, "ORIGINAL", "PRIMARY", "OTHER");
          a.setString(Tag.Manufacturer, VR.LO, "GE MEDICAL SYSTEMS");
          a.setString(Tag.SeriesInstanceUID, VR.UI, Headers.STUDY + ".6");
          a.setInt(Tag.SeriesNumber, VR.IS, 6);
          int instance = 3 * (echo * Headers.SLICES + slice) + parts.indexOf(component) + 1;
          a.setInt(Tag.InstanceNumber, VR.IS, instance);
        },
        (component, echo, i) -> {
          int half = component == Component.REAL ? (i % 2 * 2 - 1) * 30 : (i / 2 % 2 * 2 - 1) * 40;
          return component == Component.MAGNITUDE ? 50 : signed ? half : half + 41;
        });
  }

  @Test
  void componentsGuessedByTurnsAreProvedByThePixels() throws Exception {
    AssembledAcquisition assembled = assemble(turns(true));
    for (float magnitude : assembled.images().magnitude().get(1).data()) {
      assertEquals(50, magnitude, 1e-4);
    }
    assertEquals(ReasonCode.AMBIGUOUS_COMPONENT, refusal(() -> assemble(turns(false))));
  }

  @Test
  void pixelsShorterThanTheHeaderSaysAreRefused() {
    List<Attributes> images = milliradians(1);
    images.get(0).setBytes(Tag.PixelData, VR.OW, new byte[6]);
    assertEquals(ReasonCode.UNREADABLE, refusal(() -> assemble(images)));
  }
}
