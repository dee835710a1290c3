package org.qsmnode.route;

import org.qsmnode.derive.DerivedSeries;
import org.qsmnode.numeric.Progress;
import org.qsmnode.store.Failpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line per stage of a job to the log. */
final class LoggedProgress implements Progress {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedProgress.class);

  private final String jobId;
  private String stage = "";

  LoggedProgress(String jobId) {
    this.jobId = jobId;
  }

  @Override
  public synchronized void at(String newStage, double fraction) {
    if (!newStage.equals(stage)) {
      stage = newStage;
      LOG.info("job {}: {}", jobId, stage);
    }
    if (stage.equals(DerivedSeries.STAGE) && fraction > 0) {
      Failpoint.DERIVE_FILE.reach();
    }
  }
}
