package org.qsmnode.derive;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Code;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/**
 * Says that stored values are ppb of magnetic susceptibility, mean or standard deviation: one item
 * of RealWorldValueMappingSequence (PS3.3 C.7.6.16.2.11, PS3.16 CID 9000).
 */
final class QuantityMap {

  private static final Code PPB = new Code("[ppb]", "UCUM", null, "parts per billion");
  private static final Code QUANTITY = new Code("246205007", "SCT", null, "Quantity");
  private static final Code SUSCEPTIBILITY =
      new Code("126396", "DCM", null, "Magnetic Susceptibility");
  private static final Code DERIVATION = new Code("121401", "DCM", null, "Derivation");

  private QuantityMap() {}

  /** For integers, one unit of which is 1 ppb. */
  static void addTo(Attributes image, Statistic statistic) {
    Attributes map = add(image, statistic);
    map.setInt(Tag.RealWorldValueFirstValueMapped, VR.SS, statistic.smallest());
    map.setInt(Tag.RealWorldValueLastValueMapped, VR.SS, Statistic.LARGEST);
  }

  /** For floating point in ppb from {@code first} to {@code last}. */
  static void addFloatTo(Attributes groups, Statistic statistic, double first, double last) {
    Attributes map = add(groups, statistic);
    map.setDouble(Tag.DoubleFloatRealWorldValueFirstValueMapped, VR.FD, first);
    map.setDouble(Tag.DoubleFloatRealWorldValueLastValueMapped, VR.FD, last);
  }

  private static Attributes add(Attributes to, Statistic statistic) {
    Attributes map = new Attributes();
    to.newSequence(Tag.RealWorldValueMappingSequence, 1).add(map);
    map.setDouble(Tag.RealWorldValueIntercept, VR.FD, 0);
    map.setDouble(Tag.RealWorldValueSlope, VR.FD, 1);
    Elements.lo(map, Tag.LUTExplanation, statistic.lutExplanation());
    Elements.sh(map, Tag.LUTLabel, statistic.lutLabel());
    map.newSequence(Tag.MeasurementUnitsCodeSequence, 1).add(PPB.toItem());
    Sequence definition = map.newSequence(Tag.QuantityDefinitionSequence, 2);
    addConcept(definition, QUANTITY, SUSCEPTIBILITY);
    statistic.derivation().ifPresent(code -> addConcept(definition, DERIVATION, code));
    return map;
  }

  private static void addConcept(Sequence definition, Code name, Code value) {
    Attributes item = new Attributes();
    definition.add(item);
    Elements.cs(item, Tag.ValueType, "CODE");
    item.newSequence(Tag.ConceptNameCodeSequence, 1).add(name.toItem());
    item.newSequence(Tag.ConceptCodeSequence, 1).add(value.toItem());
  }
}
