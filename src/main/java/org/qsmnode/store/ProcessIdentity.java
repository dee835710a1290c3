package org.qsmnode.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which process it is, so that another on the same machine can know that it has ended.
 *
 * @param place boot of the machine and process namespace, within which a process number means one
 *     process; empty where the system does not say
 * @param pid process number
 * @param startedTicks when it started, in clock ticks since boot: a number that was given again
 *     belongs to a process with another start
 */
public record ProcessIdentity(String place, long pid, long startedTicks) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  /** Words of {@code /proc/PID/stat} after the name: the state, and the start (proc(5), 22). */
  private static final int STATE = 0;

  private static final int START = 19;

  /** This process. */
  public static ProcessIdentity own() {
    long pid = ProcessHandle.current().pid();
    return new ProcessIdentity(here(), pid, startOf(pid));
  }

  /** True when the process has certainly ended; false when that cannot be known from here. */
  public boolean hasEnded() {
    return !place.isEmpty() && place.equals(here()) && startOf(pid) != startedTicks;
  }

  /** True when the process is alive on this machine, as far as this process can see. */
  public boolean isHere() {
    return !place.isEmpty() && place.equals(here()) && startOf(pid) == startedTicks;
  }

  private static String here() {
    try {
      return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** Start of a process; -1 where there is none, or where only its exit status is left. */
  private static long startOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return words[STATE].equals("Z") || words[STATE].equals("X")
          ? -1
          : Long.parseLong(words[START]);
    } catch (IOException e) {
      return -1;
    }
  }
}
