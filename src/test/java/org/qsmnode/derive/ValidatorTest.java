package org.qsmnode.derive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Code;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.series.pixels.SourceStack;

/** The independent validator {@code dciodvfy -new} finds nothing to remark on derived objects. */
class ValidatorTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @BeforeAll
  static void findValidator() {
    boolean found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(dir -> new File(dir, "dciodvfy").canExecute());
    Assumptions.assumeTrue(found, "SKIPPED: dciodvfy (package dicom3tools) is not on the PATH");
  }

  static String remarks(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("dciodvfy", "-new", file.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }

  private void requireClean(SourceStack sources) throws IOException, InterruptedException {
    List<DerivedSeriesFiles> written =
        new DerivedSeries(DerivationSettings.defaults(), CLOCK)
            .write(sources, Maps.both(), Maps.IDENTITY, Maps.FACTS, folder);
    for (DerivedSeriesFiles series : written) {
      assertEquals("MRImage", remarks(series.files().get(1)), series.kind().folder());
    }
  }

  private static SourceStack changed(java.util.function.Consumer<Attributes> change) {
    return SourceHeaders.classic(
        z -> {
          Attributes header = new Attributes(SourceHeaders.rich(z));
          change.accept(header);
          return SourceHeaders.readBack(header);
        });
  }

  @Test
  void aRichClassicSource() throws Exception {
    requireClean(SourceHeaders.classic(SourceHeaders::rich));
  }

  @Test
  void aMinimalClassicSource() throws Exception {
    requireClean(SourceHeaders.classic(SourceHeaders::minimal));
  }

  @Test
  void aSourceWithoutIdentifiersLacksOnlyThose() throws Exception {
    SourceStack sources =
        changed(
            a -> {
              a.remove(Tag.PatientID);
              a.remove(Tag.StudyID);
            });
    new DerivedSeries(DerivationSettings.defaults(), CLOCK)
        .write(sources, Maps.both(), Maps.IDENTITY, Maps.FACTS, folder);
    for (String line : remarks(folder.resolve("qsm-sd/0001.dcm")).split("\n")) {
      assertTrue(line.equals("MRImage") || line.endsWith("needed to build DICOMDIR"), line);
    }
  }

  @Test
  void anEnhancedSource() throws Exception {
    requireClean(EnhancedHeaders.stack());
  }

  @Test
  void aSourceWithEmptyTypeTwoAttributesAndEmptySequences() throws Exception {
    requireClean(
        changed(
            a -> {
              a.setNull(Tag.PatientName, VR.PN);
              a.setNull(Tag.AccessionNumber, VR.SH);
              a.setNull(Tag.ScanOptions, VR.CS);
              a.setNull(Tag.EchoTrainLength, VR.IS);
              a.setNull(Tag.Manufacturer, VR.LO);
              a.setNull(Tag.InstitutionName, VR.LO);
              a.setNull(Tag.MagneticFieldStrength, VR.DS);
              a.setNull(Tag.BodyPartExamined, VR.CS);
              a.setNull(Tag.Laterality, VR.CS);
              a.remove(Tag.ProcedureCodeSequence);
              a.newSequence(Tag.ProcedureCodeSequence, 0);
              a.remove(Tag.RequestAttributesSequence);
              a.newSequence(Tag.RequestAttributesSequence, 0);
            }));
  }

  @Test
  void aPairedBodyPartKeepsItsSide() throws Exception {
    requireClean(changed(a -> a.setString(Tag.BodyPartExamined, VR.CS, "KNEE")));
  }

  @Test
  void deIdentifiedSources() throws Exception {
    requireClean(
        changed(
            a -> {
              a.setString(Tag.PatientIdentityRemoved, VR.CS, "YES");
              a.setString(Tag.DeidentificationMethod, VR.LO, "names blanked");
              a.setString(Tag.LongitudinalTemporalInformationModified, VR.CS, "MODIFIED");
            }));
    requireClean(
        changed(
            a -> {
              a.setString(Tag.PatientIdentityRemoved, VR.CS, "YES");
              a.newSequence(Tag.DeidentificationMethodCodeSequence, 1)
                  .add(
                      new Code("113100", "DCM", null, "Basic Application Confidentiality Profile")
                          .toItem());
            }));
    requireClean(changed(a -> a.setString(Tag.PatientIdentityRemoved, VR.CS, "YES")));
  }

  @Test
  void retiredAndPrivateFormsOfTheSourceBecomeCurrentOnes() throws Exception {
    requireClean(
        changed(
            a -> {
              a.remove(Tag.OtherPatientIDsSequence);
              a.setString(Tag.OtherPatientIDs, VR.LO, "X1", "X2");
              a.setString(Tag.ScanOptions, VR.CS, "FAST_GEMS", "EDR_GEMS");
              a.setString(Tag.EchoTrainLength, VR.IS, "0");
              a.newSequence(Tag.AnatomicRegionSequence, 1)
                  .add(new Code("T-A0100", "SRT", null, "Brain").toItem());
            }));
    Attributes image = Maps.read(folder.resolve("qsm-sd/0002.dcm"));
    assertEquals(2, image.getSequence(Tag.OtherPatientIDsSequence).size());
    assertEquals(
        "X2", image.getSequence(Tag.OtherPatientIDsSequence).get(1).getString(Tag.PatientID));
    assertEquals(
        "12738006", image.getNestedDataset(Tag.AnatomicRegionSequence).getString(Tag.CodeValue));
  }

  @Test
  void aClinicalTrialSource() throws Exception {
    requireClean(
        changed(
            a -> {
              a.setString(Tag.ClinicalTrialSponsorName, VR.LO, "Sponsor");
              a.setString(Tag.ClinicalTrialProtocolID, VR.LO, "P1");
              a.setNull(Tag.ClinicalTrialProtocolName, VR.LO);
              a.setNull(Tag.ClinicalTrialSiteID, VR.LO);
              a.setNull(Tag.ClinicalTrialSiteName, VR.LO);
              a.setString(Tag.ClinicalTrialSubjectID, VR.LO, "7");
              a.setString(Tag.ClinicalTrialTimePointID, VR.LO, "T1");
              a.setNull(Tag.ClinicalTrialCoordinatingCenterName, VR.LO);
            }));
  }

  @Test
  void manyCharacterSets() throws Exception {
    String[][] sets = {
      {"ISO_IR 192", "Ψάλτης^山田"},
      {"ISO_IR 101", "Wałęsa^Łukasz"},
      {"ISO_IR 144", "Иванов^Юрий"},
      {"ISO_IR 126", "Διονυσιος^Ν"},
      {"ISO_IR 138", "שרון^דבורה"},
      {"ISO_IR 148", "Çavuşoğlu^İsmail"},
      {"GB18030", "王^小东"},
      {"", "Plain^Name"},
    };
    for (String[] set : sets) {
      requireClean(
          changed(
              a -> {
                for (int tag :
                    new int[] {
                      Tag.InstitutionName,
                      Tag.InstitutionAddress,
                      Tag.ReferringPhysicianName,
                      Tag.StudyDescription,
                      Tag.ProcedureCodeSequence
                    }) {
                  a.remove(tag);
                }
                a.remove(Tag.SpecificCharacterSet);
                if (!set[0].isEmpty()) {
                  a.setString(Tag.SpecificCharacterSet, VR.CS, set[0]);
                }
                a.setString(Tag.PatientName, VR.PN, set[1]);
                a.setString(Tag.SeriesDescription, VR.LO, set[1].replace('^', ' '));
              }));
      Attributes image = Maps.read(folder.resolve("qsm-mean/0001.dcm"));
      assertEquals(set[1], image.getString(Tag.PatientName));
      assertEquals(
          "QSM mean [ppb] " + set[1].replace('^', ' '), image.getString(Tag.SeriesDescription));
    }
  }

  @Test
  void codeExtensionsOfJapaneseAndKoreanSurvive() throws Exception {
    String[][] cases = {
      {
        "\\ISO 2022 IR 87",
        "Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B=\u001b$B$d$^$@\u001b(B^\u001b$B$?$m$&\u001b(B"
      },
      {"\\ISO 2022 IR 149", "Hong^Gildong=\u001b$)C\u00fb\u00f3^\u001b$)C\u00d1\u00ce\u00d4\u00d7"},
    };
    for (String[] one : cases) {
      byte[] name = one[1].getBytes(StandardCharsets.ISO_8859_1);
      byte[] padded = name.length % 2 == 0 ? name : Arrays.copyOf(name, name.length + 1);
      if (padded.length != name.length) {
        padded[name.length] = ' ';
      }
      requireClean(
          SourceHeaders.classic(
              z -> {
                Attributes header = new Attributes(SourceHeaders.minimal(z));
                header.setString(Tag.SpecificCharacterSet, VR.CS, one[0].split("\\\\", -1));
                header.setBytes(Tag.PatientName, VR.PN, padded);
                header.setBytes(
                    Tag.SeriesDescription,
                    VR.LO,
                    "\u001b$B;3ED\u001b(B ".getBytes(StandardCharsets.ISO_8859_1));
                return SourceHeaders.readBack(header);
              }));
      Attributes image = Maps.read(folder.resolve("qsm-mean/0001.dcm"));
      assertArrayEquals(padded, image.getSafeBytes(Tag.PatientName));
    }
  }

  @Test
  void modelsWithLongNamesFit() throws Exception {
    ModelIdentity model = new ModelIdentity("m".repeat(32), "v".repeat(16), "a".repeat(64));
    DerivationIdentity identity =
        new DerivationIdentity(
            "pdi-vi", "p".repeat(2000), "1".repeat(40), List.of(model, model), "b".repeat(64));
    List<DerivedSeriesFiles> written =
        new DerivedSeries(DerivationSettings.defaults(), CLOCK)
            .write(
                SourceHeaders.classic(SourceHeaders::rich),
                Maps.both(),
                identity,
                Maps.FACTS,
                folder);
    assertEquals("MRImage", remarks(written.get(0).files().get(0)));
  }
}
