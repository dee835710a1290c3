package org.qsmnode.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.numeric.Progress;
import org.qsmnode.simulate.dicom.StudySource;
import org.qsmnode.simulate.dicom.Vendor;
import org.qsmnode.simulate.dicom.VendorStudy;
import org.qsmnode.simulate.signal.ComplexImages;
import org.qsmnode.simulate.signal.ScanGeometry;

class VendorStudyTest {

  private static final ScanGeometry OBLIQUE = ScanGeometry.axial(19, 16, 17, 10, 9).tilted(14, -6);
  private static final SimulationRequest REQUEST =
      SimulationRequest.defaults(Vendor.SIEMENS, 5).with(OBLIQUE).sampledAt(10);
  private static ComplexImages images;

  @TempDir Path directory;

  @BeforeAll
  static void simulate() throws IOException {
    images = Simulation.simulate(REQUEST, Progress.NONE).images();
  }

  private DecodedStudy write(Vendor vendor, ScanGeometry geometry) throws IOException {
    VendorStudy.write(vendor, images, geometry, REQUEST.patient(), REQUEST.dicom(), "5", directory);
    return new DecodedStudy(vendor, geometry.grid(), REQUEST.protocol(), directory);
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void everyVendorDecodesToTheSameRadians(Vendor vendor) throws IOException {
    DecodedStudy study = write(vendor, OBLIQUE);
    assertEquals(vendor == Vendor.GE ? 16 : 8, study.volumes());
    double step =
        switch (vendor) {
          case SIEMENS, SIEMENS_XA -> Math.PI / 2048;
          case GE -> 0.001;
          case PHILIPS, PHILIPS_ENHANCED -> 0.00153455433455433;
          case UIH -> 2 * Math.PI / 4095;
        };
    for (int e = 0; e < 4; e++) {
      double[] phase = study.phase[e];
      for (int i = 0; i < phase.length; i++) {
        double difference = StudySource.wrap(phase[i] - images.phase(e, i));
        assertEquals(0, difference, step / 2 + 0.0005, vendor + " echo " + e + " voxel " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void everyVendorDecodesToTheSameMagnitudeUpToOneFactor(Vendor vendor) throws IOException {
    DecodedStudy study = write(vendor, OBLIQUE);
    double factor = 0;
    double peak = images.peak();
    for (double value : study.magnitude[0]) {
      factor = Math.max(factor, value);
    }
    factor /= images.peak(0);
    for (int e = 0; e < 4; e++) {
      double[] magnitude = study.magnitude[e];
      for (int i = 0; i < magnitude.length; i++) {
        assertEquals(images.magnitude(e, i) / peak, magnitude[i] / factor / peak, 4e-4);
      }
    }
  }

  @Test
  void realAndImaginaryOfGeGiveTheSignalBack() throws IOException {
    DecodedStudy study = write(Vendor.GE, OBLIQUE);
    double scale = 14_000 / images.peak();
    for (int e = 0; e < 4; e++) {
      for (int i = 0; i < images.grid().size(); i++) {
        assertEquals(images.real().get(e)[i] * scale, study.real[e][i], 0.51);
        assertEquals(images.imaginary().get(e)[i] * scale, study.imaginary[e][i], 0.51);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void slicesNumberedTheOtherWayLieAtTheSamePlaces(Vendor vendor) throws IOException {
    DecodedStudy study = write(vendor, OBLIQUE.reversed());
    double[] phase = study.phase[1];
    for (int i = 0; i < phase.length; i += 7) {
      assertEquals(0, StudySource.wrap(phase[i] - images.phase(1, i)), 0.002);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UID.ImplicitVRLittleEndian,
        UID.ExplicitVRBigEndian,
        UID.DeflatedExplicitVRLittleEndian
      })
  void transferSyntaxesHoldTheSamePixels(String transferSyntax) throws IOException {
    VendorStudy.write(
        Vendor.GE,
        images,
        OBLIQUE,
        REQUEST.patient(),
        REQUEST.dicom().in(transferSyntax),
        "5",
        directory);
    DecodedStudy study = new DecodedStudy(Vendor.GE, OBLIQUE.grid(), REQUEST.protocol(), directory);
    double[] phase = study.phase[2];
    for (int i = 0; i < phase.length; i++) {
      assertEquals(0, StudySource.wrap(phase[i] - images.phase(2, i)), 0.0011);
    }
  }

  @Test
  void patientNamesOfAnyCharacterSetSurvive() throws IOException {
    Map<String, String[]> names =
        Map.of(
            "Müller^Jörg", new String[] {"ISO_IR 100"},
            "Yamada^Tarou=山田^太郎=やまだ^たろう", new String[] {"", "ISO 2022 IR 87"},
            "Ωδή^Σαπφώ", new String[] {"ISO_IR 192"});
    int number = 0;
    for (Map.Entry<String, String[]> entry : names.entrySet()) {
      Path place = directory.resolve("n" + number++);
      VendorStudy.write(
          Vendor.SIEMENS,
          images,
          OBLIQUE,
          REQUEST.patient().named(entry.getKey(), entry.getValue()),
          REQUEST.dicom(),
          "5",
          place);
      Attributes a = DecodedStudy.read(DecodedStudy.files(place).get(0));
      assertEquals(entry.getKey(), a.getString(Tag.PatientName));
    }
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void dciodvfyFindsNoError(Vendor vendor) throws IOException, InterruptedException {
    assumeTrue(DciodvfyPresent.yes(), "dciodvfy is not installed");
    write(vendor, OBLIQUE);
    List<Path> files = DecodedStudy.files(directory);
    for (int i = 0; i < files.size(); i += Math.max(1, files.size() / 7)) {
      Process process =
          new ProcessBuilder("dciodvfy", "-new", files.get(i).toString())
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      assertTrue(text.contains("MRImage"), text);
      assertTrue(text.lines().noneMatch(line -> line.startsWith("Error")), text);
    }
  }

  /** Whether the checker is there to be run. */
  private static final class DciodvfyPresent {
    static boolean yes() {
      return Arrays.stream(System.getenv("PATH").split(":"))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, "dciodvfy")));
    }
  }
}
