package org.qsmnode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder in the form of {@code /proc} tells of a process with number 77. */
class ProcessIdentityTest {

  private static final ProcessIdentity PROCESS = new ProcessIdentity("boot pid:[1]", 77, 4711);

  @TempDir Path proc;

  @BeforeEach
  void thisBootAndNamespace() throws IOException {
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot\n");
    Files.createDirectories(proc.resolve("self/ns"));
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[1]"));
    mounted("rw,nosuid");
  }

  private void mounted(String options) throws IOException {
    Files.writeString(
        proc.resolve("self/mounts"),
        "/dev/sda1 / ext4 rw 0 0\nproc /proc proc %s 0 0\n".formatted(options));
  }

  private void lives(String state, long startedTicks) throws IOException {
    Files.createDirectories(proc.resolve("77"));
    Files.writeString(
        proc.resolve("77/stat"),
        "77 (java) %s %s%d 0 0\n".formatted(state, "0 ".repeat(18), startedTicks));
  }

  @Test
  void aProcessThatIsShownLives() throws IOException {
    lives("S", 4711);
    assertFalse(PROCESS.hasEnded(proc));
  }

  @Test
  void oneThatIsNotShownHasEndedWhereAllAreShown() throws IOException {
    assertTrue(PROCESS.hasEnded(proc));
    mounted("rw,hidepid=off");
    assertTrue(PROCESS.hasEnded(proc));
  }

  @Test
  void oneThatIsNotShownMayLiveWhereThoseOfOtherUsersAreHidden() throws IOException {
    for (String hidden : new String[] {"hidepid=1", "hidepid=2", "hidepid=invisible,gid=4"}) {
      mounted("rw,nosuid," + hidden);
      assertFalse(PROCESS.hasEnded(proc), hidden);
    }
    Files.delete(proc.resolve("self/mounts"));
    assertFalse(PROCESS.hasEnded(proc), "mounts cannot be read");
  }

  @Test
  void oneWhoseFactsCannotBeReadMayLive() throws IOException {
    Files.createDirectories(proc.resolve("77/stat"));
    assertFalse(PROCESS.hasEnded(proc));
  }

  @Test
  void aNumberThatWasGivenAgainAndAnExitStatusAreNoLife() throws IOException {
    lives("S", 4712);
    assertTrue(PROCESS.hasEnded(proc));
    lives("Z", 4711);
    assertTrue(PROCESS.hasEnded(proc));
  }

  @Test
  void thisProcessIsHere() {
    assertTrue(ProcessIdentity.own().isHere());
    assertEquals(false, ProcessIdentity.own().hasEnded());
  }
}
