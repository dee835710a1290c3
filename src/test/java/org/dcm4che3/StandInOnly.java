package org.dcm4che3;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks what neither the standard nor the official API fixes, or where the official library falls
 * short of the standard, so that only the stand-in is held. A comment says which.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LibraryCondition.class)
public @interface StandInOnly {}
