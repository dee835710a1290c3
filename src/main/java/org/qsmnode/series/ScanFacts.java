package org.qsmnode.series;

import java.util.List;

/**
 * What was measured and how; text is upper case and trimmed, absent text empty, absent numbers NaN
 * or 0.
 *
 * @param scanningSequence ScanningSequence (0018,0020), all values
 * @param echoPulseSequence EchoPulseSequence (0018,9008)
 * @param echoPlanar EchoPlanarPulseSequence (0018,9018) is YES
 * @param sequenceName SequenceName (0018,0024) or PulseSequenceName (0018,9005)
 * @param acquisitionType MRAcquisitionType (0018,0023): 2D or 3D
 * @param protocolName ProtocolName (0018,1030), as written
 * @param repetitionTimeMs TR in ms
 * @param flipAngleDeg flip angle
 * @param echoTrainLength EchoTrainLength or GradientEchoTrainLength, 0 if absent
 * @param sliceSpacingMm SpacingBetweenSlices (0018,0088)
 * @param scout the header calls the image a scout or a three-plane localiser
 * @param projection GE (0043,1030) says the pixels are a projection
 */
public record ScanFacts(
    List<String> scanningSequence,
    String echoPulseSequence,
    boolean echoPlanar,
    String sequenceName,
    String acquisitionType,
    String protocolName,
    double repetitionTimeMs,
    double flipAngleDeg,
    int echoTrainLength,
    double sliceSpacingMm,
    boolean scout,
    boolean projection) {

  public ScanFacts {
    scanningSequence = List.copyOf(scanningSequence);
  }

  /** Whether echoes are formed by gradients, as far as the header tells. */
  public boolean isGradientEcho() {
    if (echoPlanar || scanningSequence.contains("EP") || scanningSequence.contains("SE")) {
      return false;
    }
    if (!scanningSequence.isEmpty()) {
      return scanningSequence.contains("GR");
    }
    return echoPulseSequence.isEmpty()
        || echoPulseSequence.equals("GRADIENT")
        || echoPulseSequence.equals("BOTH");
  }
}
