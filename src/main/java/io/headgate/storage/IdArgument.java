package io.headgate.storage;

import io.headgate.kernel.Id;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/// Lets statements bind typed ids: they are text in the database.
final class IdArgument extends AbstractArgumentFactory<Id> {
    IdArgument() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(Id value, ConfigRegistry config) {
        return (position, statement, context) -> statement.setString(position, value.value());
    }
}
