package org.dcm4che3.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DCMTK makes of our files, and we of its. */
class DcmtkPeerTest {
  @TempDir Path directory;

  @BeforeAll
  static void dcmtk() throws InterruptedException {
    assumeTrue(isInstalled("dcmdump") && isInstalled("dcmconv"), "DCMTK is not installed");
  }

  private static boolean isInstalled(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), command[0]);
    String text = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertEquals(0, process.exitValue(), command[0] + ": " + text);
    return text;
  }

  private Path write(Attributes ds, String tsuid) throws IOException {
    Path file = directory.resolve("ours.dcm");
    try (DicomOutputStream out = new DicomOutputStream(file.toFile())) {
      out.writeDataset(
          Attributes.createFileMetaInformation("1.2.3", UID.MRImageStorage, tsuid), ds);
    }
    return file;
  }

  private static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UID.ExplicitVRLittleEndian,
        UID.ImplicitVRLittleEndian,
        UID.ExplicitVRBigEndian,
        UID.DeflatedExplicitVRLittleEndian
      })
  void dcmdumpReadsWhatWeWrite(String tsuid) throws IOException, InterruptedException {
    String dump = run("dcmdump", "-q", write(GoldenDataSet.dataset(), tsuid).toString());

    List<String> expected =
        List.of(
            "(0008,0008) CS [ORIGINAL\\PRIMARY\\M]",
            "(0008,0018) UI [1.2.3]",
            "(0008,0119) UC [LONG-CODE-VALUE-1]",
            "(0008,1155) UI [1.2.31]",
            "(0020,000e) UI [1.2.30]",
            "(0010,0010) PN [M\u00fcller^J\u00f6rg]",
            "(0010,4000) LT [one\\not two]",
            "(0018,0081) DS [4.92]",
            "(0018,9082) FD 4.9199999999999999",
            "(0019,0010) LO [ACME 1.0]",
            "(0020,0013) IS [-7]",
            "(0020,9157) UL 1\\4000000000",
            "(0028,0009) AT (0018,1063)",
            "(0028,0010) US 1 ",
            "(0028,0106) SS -300",
            "(0040,a160) UT [free text]",
            "(0070,0022) FL 0.5\\-1.25",
            "(7fe0,0010) OW fed4\\07d0");
    List<String> missing = new ArrayList<>(expected);
    missing.removeIf(dump::contains);
    assertEquals(List.of(), missing, dump);
  }

  @ParameterizedTest
  @CsvSource({
    "+te, +e, explicit-le",
    "+te, -e, explicit-le",
    "+tb, -e, explicit-be",
    "+td, -e, explicit-le",
    "+te, +g, explicit-le"
  })
  void weReadWhatDcmconvMakesOfOurs(String syntax, String lengths, String golden)
      throws IOException, InterruptedException {
    Path theirs = directory.resolve("theirs.dcm");
    Path ours = write(GoldenDataSet.dataset(), UID.ExplicitVRLittleEndian);
    run("dcmconv", syntax, lengths, ours.toString(), theirs.toString());

    Attributes ds = read(theirs);
    assertArrayEquals(
        GoldenDataSet.bytes(golden),
        GoldenDataSetTest.write(
            ds,
            golden.equals("explicit-be") ? UID.ExplicitVRBigEndian : UID.ExplicitVRLittleEndian,
            GoldenDataSet.UNDEFINED));
  }

  @Test
  void weReadTheImplicitVrOfDcmconv() throws IOException, InterruptedException {
    Path theirs = directory.resolve("theirs.dcm");
    Path ours = write(GoldenDataSet.dataset(), UID.ExplicitVRLittleEndian);
    run("dcmconv", "+ti", "-e", ours.toString(), theirs.toString());
    assertArrayEquals(
        GoldenDataSet.bytes("implicit-le"),
        GoldenDataSetTest.write(read(theirs), UID.ImplicitVRLittleEndian, GoldenDataSet.UNDEFINED));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR 13, ﾔﾏﾀﾞ^ﾀﾛｳ",
    "\\ISO 2022 IR 149, Hong^Gildong=洪^吉洞=홍^길동",
    "\\ISO 2022 IR 58, Zhang^XiaoDong=张^小东",
    "GB18030, Wang^XiaoDong=王^小东",
    "ISO_IR 144, Люксембург",
    "ISO_IR 166, นามสกุล"
  })
  void dcmtkDecodesOurTexts(String characterSet, String name)
      throws IOException, InterruptedException {
    Attributes ds = new Attributes();
    ds.setSpecificCharacterSet(characterSet.split("\\\\", -1));
    ds.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    Sequence items = ds.newSequence(Tag.RequestAttributesSequence, 1);
    Attributes item = new Attributes();
    items.add(item);
    item.setString(Tag.ScheduledProcedureStepDescription, VR.LO, name);
    ds.setString(Tag.PatientName, VR.PN, name);
    Path utf8 = directory.resolve("utf8.dcm");
    run("dcmconv", "+U8", write(ds, UID.ExplicitVRLittleEndian).toString(), utf8.toString());

    Attributes converted = read(utf8);
    assertEquals("ISO_IR 192", converted.getString(Tag.SpecificCharacterSet));
    assertEquals(name, converted.getString(Tag.PatientName));
    assertEquals(
        name,
        converted
            .getNestedDataset(Tag.RequestAttributesSequence)
            .getString(Tag.ScheduledProcedureStepDescription));
  }
}
