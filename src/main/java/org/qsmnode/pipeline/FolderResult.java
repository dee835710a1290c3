package org.qsmnode.pipeline;

import java.util.List;

/**
 * What became of a folder.
 *
 * @param results one per acquisition that was found, ignored ones included
 */
public record FolderResult(FolderScan scan, List<AcquisitionResult> results) {

  public FolderResult {
    results = List.copyOf(results);
  }

  /** Acquisitions with derived series. */
  public List<AcquisitionResult> reconstructed() {
    return with(AcquisitionResult.Status.RECONSTRUCTED);
  }

  /** Acquisitions that were meant for a map but cannot give one, refused or incomplete. */
  public List<AcquisitionResult> refused() {
    return results.stream()
        .filter(
            result ->
                result.status() == AcquisitionResult.Status.REFUSED
                    || result.status() == AcquisitionResult.Status.INCOMPLETE)
        .toList();
  }

  /** Acquisitions whose computation ended in a defect. */
  public List<AcquisitionResult> failed() {
    return with(AcquisitionResult.Status.FAILED);
  }

  /** Series that have nothing to do with susceptibility mapping. */
  public List<AcquisitionResult> ignored() {
    return with(AcquisitionResult.Status.IGNORED);
  }

  /** True when nothing in the folder was meant for a map and every file could be read. */
  public boolean nothingFound() {
    return ignored().size() == results.size() && scan.unusable().isEmpty();
  }

  private List<AcquisitionResult> with(AcquisitionResult.Status status) {
    return results.stream().filter(result -> result.status() == status).toList();
  }
}
