package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.network.Engines;
import org.qsmnode.simulate.cases.CaseFamily;

/** Exit status and words of the commands where no map is computed. */
class MainTest {

  private static final Path SERIES = Path.of("test-dicom", "siemens");

  @TempDir Path folder;

  @Test
  void helpIsDoneAndAnUnknownCommandIsWrongUsage() {
    assertEquals(ExitStatus.DONE, CommandRun.of("--help").status());
    assertEquals(ExitStatus.WRONG_USAGE, CommandRun.of("no-such-command").status());
    assertEquals(ExitStatus.WRONG_USAGE, CommandRun.of("reconstruct").status());
    assertEquals(ExitStatus.WRONG_USAGE, CommandRun.of("push", ".", "--to", "nonsense").status());
  }

  @Test
  void everyFamilyOfCasesStandsInTheHelp() {
    String help = CommandRun.of("simulate", "--help").out();
    String families = help.substring(help.indexOf("--cases: head"), help.indexOf("(held out)"));
    for (CaseFamily family : CaseFamily.values()) {
      assertTrue(families.contains(family.commandName()), family.commandName());
    }
  }

  @Test
  void aMissingFolderIsWrongUsage() {
    String missing = folder.resolve("missing").toString();
    CommandRun run = CommandRun.of("reconstruct", missing, "--out", folder.toString());
    assertEquals(ExitStatus.WRONG_USAGE, run.status());
    assertTrue(run.err().contains("not a folder"), run.err());
  }

  @Test
  void aBadSettingIsWrongUsageAndNamesTheKey() {
    CommandRun value =
        reconstruct(SERIES, "--set", "field.brain-threshold=7", "--set", "inversion.method=tkd");
    assertEquals(ExitStatus.WRONG_USAGE, value.status());
    assertTrue(value.err().contains("field.brain-threshold"), value.err());
    assertTrue(value.err().contains("0.3 to 0.9"), value.err());
    CommandRun key = reconstruct(SERIES, "--set", "field.brian-threshold=0.5");
    assertEquals(ExitStatus.WRONG_USAGE, key.status());
    assertTrue(key.err().contains("field.brian-threshold"), key.err());
    assertFalse(Files.exists(folder.resolve("out")), "nothing was started");
  }

  @Test
  void aReviewShowsApprovesOrRejectsOneAtATime() {
    CommandRun run = CommandRun.of("review", "a-job", "--approve", "a-job");
    assertEquals(ExitStatus.WRONG_USAGE, run.status());
    assertTrue(run.err().contains("exclude each other"), run.err());
  }

  @Test
  void anEmptyFolderIsRefusedAloudAndInTheReport() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    CommandRun run = reconstruct(empty);
    assertEquals(ExitStatus.INPUT_REFUSED, run.status());
    assertTrue(run.err().contains("NO_MULTI_ECHO_GRE"), run.err());
    JsonNode refused = refused();
    assertEquals(1, refused.size());
    assertEquals("NO_MULTI_ECHO_GRE", refused.get(0).path("code").asText());
    assertFalse(refused.get(0).path("sentence").asText().isBlank());
  }

  @Test
  void aStudyWithASliceMissingIsRefusedAloudAndInTheReport() throws IOException {
    Path part = Files.createDirectory(folder.resolve("part"));
    List<Path> files = files(SERIES);
    for (Path file : files.subList(0, files.size() - 1)) {
      Files.copy(file, part.resolve(String.valueOf(file.getFileName())));
    }
    CommandRun run = reconstruct(part);
    assertEquals(ExitStatus.INPUT_REFUSED, run.status());
    assertEquals("MISSING_SLICE", refused().get(0).path("code").asText());
    assertTrue(run.err().contains("MISSING_SLICE"), run.err());
  }

  @Test
  void aDamagedFileIsRefusedAloudAndInTheReport() throws IOException {
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    byte[] bytes = Files.readAllBytes(files(SERIES).get(0));
    Files.write(damaged.resolve("cut.dcm"), Arrays.copyOf(bytes, 200));
    CommandRun run = reconstruct(damaged);
    assertEquals(ExitStatus.INPUT_REFUSED, run.status());
    assertTrue(run.err().contains("refused 1 files: UNREADABLE"), run.err());
    assertEquals("UNREADABLE", refused().get(0).path("code").asText());
    assertEquals("cut.dcm", refused().get(0).path("file").asText());
  }

  @Test
  void pushToNobodyFailsAndNamesThePeer() throws Exception {
    int nobody = ScriptedScp.freePort();
    CommandRun run = CommandRun.of("push", SERIES.toString(), "--to", "NOBODY@127.0.0.1:" + nobody);
    assertEquals(ExitStatus.FAILURE, run.status());
    assertTrue(run.err().contains("127.0.0.1:" + nobody), run.err());
    assertFalse(run.err().contains("\tat "), "no stack trace");
  }

  @Test
  void pushStoresEveryObjectAndSaysSo() throws Exception {
    try (ScriptedScp scp = archive()) {
      CommandRun run =
          CommandRun.of("push", SERIES.toString(), "--to", "ARCHIVE@127.0.0.1:" + scp.port());
      int objects = files(SERIES).size();
      assertEquals(ExitStatus.DONE, run.status(), run.err());
      assertEquals(objects, scp.stored().size());
      assertTrue(run.out().contains(objects + " of " + objects), run.out());
    }
  }

  @Test
  void pushFailsWhenThePeerRefusesAnObject() throws Exception {
    try (ScriptedScp scp = archive()) {
      scp.answer(n -> n == 3 ? 0xC001 : 0);
      CommandRun run =
          CommandRun.of("push", SERIES.toString(), "--to", "ARCHIVE@127.0.0.1:" + scp.port());
      assertEquals(ExitStatus.FAILURE, run.status());
      assertTrue(run.err().contains("C001"), run.err());
    }
  }

  @Test
  void checkIsContentWithGoodSettings() throws Exception {
    try (ScriptedScp scp = archive()) {
      CommandRun run = CommandRun.of("check", "--conf", settings(scp.port()).toString());
      assertEquals(ExitStatus.DONE, run.status(), run.out() + run.err());
      for (String part : List.of("settings", "method", "work folder", "database", "broker")) {
        assertTrue(run.out().contains(part), run.out());
      }
      assertTrue(run.out().contains("answers C-ECHO"), run.out());
      assertTrue(run.out().contains("pdi-vi, model pdi "), run.out());
      assertTrue(run.out().contains(" second-look, sha256:"), run.out());
      assertTrue(run.out().contains(Engines.running().device()), run.out());
    }
  }

  @Test
  void checkFailsWhenADestinationDoesNotAnswer() throws Exception {
    CommandRun run = CommandRun.of("check", "--conf", settings(ScriptedScp.freePort()).toString());
    assertEquals(ExitStatus.FAILURE, run.status());
    assertTrue(
        run.out().lines().anyMatch(l -> l.startsWith("destination") && l.contains("TROUBLE")),
        run.out());
    assertEquals(1, run.out().lines().filter(l -> l.contains("TROUBLE")).count(), run.out());
  }

  @Test
  void withoutItsModelNothingStartsAndTheReasonIsSaid() throws Exception {
    Path missing = folder.resolve("no-model");
    CommandRun run = reconstruct(SERIES, "--set", "inversion.model=" + missing);
    assertEquals(ExitStatus.FAILURE, run.status());
    assertTrue(run.err().contains("there is no trained model in " + missing), run.err());
    assertFalse(Files.exists(folder.resolve("out")), "nothing was started");
    Path file = settings(ScriptedScp.freePort());
    Files.writeString(file, Files.readString(file) + "inversion.model=%s\n".formatted(missing));
    CommandRun serve = CommandRun.of("serve", "--conf", file.toString());
    assertEquals(ExitStatus.FAILURE, serve.status());
    assertTrue(serve.err().contains("there is no trained model in " + missing), serve.err());
    CommandRun check = CommandRun.of("check", "--conf", file.toString());
    assertEquals(ExitStatus.FAILURE, check.status());
    assertTrue(
        check.out().lines().anyMatch(l -> l.startsWith("method") && l.contains("TROUBLE")),
        check.out());
  }

  @Test
  void aModelIsFoundInTheInstallationWhereverTheProgramIsStarted() {
    String before = System.getProperty("qsmnode.home", ".");
    System.setProperty("qsmnode.home", "/opt/qsm-node");
    try {
      assertEquals(
          "/opt/qsm-node/models/pdi",
          Configuration.reconstruction(Map.of()).get("inversion.model"));
      assertEquals(
          "/else/pdi",
          Configuration.reconstruction(Map.of("inversion.model", "/else/pdi"))
              .get("inversion.model"));
    } finally {
      System.setProperty("qsmnode.home", before);
    }
  }

  private static ScriptedScp archive() throws Exception {
    return new ScriptedScp("ARCHIVE", UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian);
  }

  private Path settings(int port) throws Exception {
    return Files.writeString(
        folder.resolve("my.properties"),
        """
        node.work.directory=%s
        node.dicom.port=%d
        node.destination.pacs.aet=ARCHIVE
        node.destination.pacs.host=127.0.0.1
        node.destination.pacs.port=%d
        """
            .formatted(folder.resolve("work"), ScriptedScp.freePort(), port));
  }

  private CommandRun reconstruct(Path input, String... more) {
    String[] start = {"reconstruct", input.toString(), "--out", folder.resolve("out").toString()};
    return CommandRun.of(Stream.concat(Stream.of(start), Stream.of(more)).toArray(String[]::new));
  }

  private JsonNode refused() throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("out").resolve("report.json").toFile())
        .path("refused");
  }

  private static List<Path> files(Path series) throws IOException {
    try (Stream<Path> list = Files.list(series)) {
      return list.sorted().toList();
    }
  }
}
