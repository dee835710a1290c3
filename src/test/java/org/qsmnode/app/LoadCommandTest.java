package org.qsmnode.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.Test;
import org.qsmnode.camel.ScriptedScp;

class LoadCommandTest {

  private static final Pattern TIMES =
      Pattern.compile(
          "median (\\d+\\.\\d\\d) ms, 95 % (\\d+\\.\\d\\d) ms, 99 % (\\d+\\.\\d\\d) ms,"
              + " longest (\\d+\\.\\d\\d) ms");

  @Test
  void everyAssociationStoresItsShareOfNewObjectsAndTheTimesAreInOrder() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("SCP", UID.ExplicitVRLittleEndian)) {
      for (int run = 1; run <= 2; run++) {
        CommandRun load = load(scp, "--associations", "3", "--objects", "10", "--bytes", "5000");
        assertEquals(ExitStatus.DONE, load.status(), load.err());
        assertTrue(load.out().startsWith("3 associations, 10 objects of 5000 bytes"), load.out());
        assertTrue(load.out().contains("10 x 0000"), load.out());
        Matcher times = TIMES.matcher(load.out());
        assertTrue(times.find(), load.out());
        for (int i = 1; i < 4; i++) {
          assertTrue(
              Double.parseDouble(times.group(i)) <= Double.parseDouble(times.group(i + 1)),
              load.out());
        }
        assertEquals(10 * run, scp.stored().size());
      }
    }
  }

  @Test
  void refusalsAreCountedByStatusAndAreAFailure() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("SCP", UID.ExplicitVRLittleEndian)) {
      scp.answer(n -> n % 2 == 0 ? 0xA700 : 0);
      CommandRun load = load(scp, "--objects", "4");
      assertEquals(ExitStatus.FAILURE, load.status());
      assertTrue(load.out().contains("2 x 0000"), load.out());
      assertTrue(load.out().contains("2 x A700"), load.out());
    }
  }

  @Test
  void numbersOutOfRangeAreWrongUsage() throws Exception {
    try (ScriptedScp scp = new ScriptedScp("SCP", UID.ExplicitVRLittleEndian)) {
      assertEquals(ExitStatus.WRONG_USAGE, load(scp, "--objects", "1000001").status());
      assertEquals(ExitStatus.WRONG_USAGE, load(scp, "--associations", "0").status());
      assertEquals(ExitStatus.WRONG_USAGE, load(scp, "--bytes", "1").status());
      assertEquals(0, scp.stored().size());
    }
  }

  private static CommandRun load(ScriptedScp scp, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "load";
    arguments[1] = "--to";
    arguments[2] = "SCP@127.0.0.1:" + scp.port();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return CommandRun.of(arguments);
  }
}
