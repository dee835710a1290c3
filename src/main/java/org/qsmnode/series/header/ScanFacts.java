package org.qsmnode.series.header;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was measured and how; text is upper case and trimmed, absent text empty, absent numbers NaN
 * or 0.
 *
 * @param scanningSequence ScanningSequence (0018,0020), all values
 * @param echoPulseSequence EchoPulseSequence (0018,9008)
 * @param echoPlanar EchoPlanarPulseSequence (0018,9018) is YES
 * @param sequenceName SequenceName (0018,0024) or PulseSequenceName (0018,9005): its part that
 *     names a sequence known here, else a digest
 * @param acquisitionType MRAcquisitionType (0018,0023): 2D or 3D
 * @param protocolName digest of ProtocolName (0018,1030), which is only compared
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

  /** Whole names of localisers, and the part that marks two-dimensional field maps. */
  private static final Pattern KNOWN_SEQUENCE = Pattern.compile("^[*_]*t?fl2d1$|fm2d");

  private static final Set<String> SCANNING = Set.of("SE", "IR", "GR", "EP", "RM");
  private static final Set<String> ECHO_PULSES = Set.of("SPIN", "GRADIENT", "BOTH");
  private static final Set<String> DIMENSIONS = Set.of("1D", "2D", "3D");

  public ScanFacts {
    scanningSequence = scanningSequence.stream().map(ScanFacts::knownScanning).toList();
    echoPulseSequence = known(echoPulseSequence, ECHO_PULSES);
    sequenceName = sequence(sequenceName);
    acquisitionType = known(acquisitionType, DIMENSIONS);
    protocolName = FactText.digest(protocolName);
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

  private static String knownScanning(String value) {
    return known(value, SCANNING);
  }

  private static String known(String value, Set<String> known) {
    return known.contains(value) ? value : FactText.digest(value);
  }

  private static String sequence(String name) {
    Matcher known = KNOWN_SEQUENCE.matcher(name);
    return known.find() ? known.group() : FactText.digest(name);
  }
}
