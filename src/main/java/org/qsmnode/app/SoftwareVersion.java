package org.qsmnode.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Version of this software as the build wrote it into the jar's manifest. */
final class SoftwareVersion implements IVersionProvider {

  /** For example {@code 0.1.0}; {@code development} outside a jar. */
  static String text() {
    @Nullable String version = SoftwareVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"qsm-node " + text()};
  }
}
