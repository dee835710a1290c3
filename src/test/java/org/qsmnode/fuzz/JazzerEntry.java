package org.qsmnode.fuzz;

/** What Jazzer calls; the name of the target is the only argument. */
public final class JazzerEntry {

  private static Guard guard;

  private JazzerEntry() {}

  /** Reads the seeds once, so that loading classes counts against no input. */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    FuzzTarget target = FuzzTargets.of(arguments[0]);
    for (byte[] seed : target.seeds()) {
      target.read(seed);
    }
    guard = new Guard(target, bytes -> System.err.println(FuzzCampaign.ALLOCATED + bytes));
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    guard.read(input);
  }
}
