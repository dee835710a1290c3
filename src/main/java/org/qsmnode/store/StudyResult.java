package org.qsmnode.store;

/**
 * A derived series and the study it belongs to.
 *
 * @param kind as {@link ResultSeries#kind}
 */
public record StudyResult(
    String studyInstanceUid, String jobId, String kind, String seriesInstanceUid) {}
