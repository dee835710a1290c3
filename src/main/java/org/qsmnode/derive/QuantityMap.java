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

  static void addTo(Attributes image, DerivedKind kind) {
    Attributes map = new Attributes();
    image.newSequence(Tag.RealWorldValueMappingSequence, 1).add(map);
    map.setInt(Tag.RealWorldValueFirstValueMapped, VR.SS, kind.smallest());
    map.setInt(Tag.RealWorldValueLastValueMapped, VR.SS, DerivedKind.LARGEST);
    map.setDouble(Tag.RealWorldValueIntercept, VR.FD, 0);
    map.setDouble(Tag.RealWorldValueSlope, VR.FD, 1);
    Elements.lo(map, Tag.LUTExplanation, kind.lutExplanation());
    Elements.sh(map, Tag.LUTLabel, kind.lutLabel());
    map.newSequence(Tag.MeasurementUnitsCodeSequence, 1).add(PPB.toItem());
    Sequence definition = map.newSequence(Tag.QuantityDefinitionSequence, 2);
    addConcept(definition, QUANTITY, SUSCEPTIBILITY);
    addConcept(definition, DERIVATION, kind.derivation());
  }

  private static void addConcept(Sequence definition, Code name, Code value) {
    Attributes item = new Attributes();
    definition.add(item);
    Elements.cs(item, Tag.ValueType, "CODE");
    item.newSequence(Tag.ConceptNameCodeSequence, 1).add(name.toItem());
    item.newSequence(Tag.ConceptCodeSequence, 1).add(value.toItem());
  }
}
