package io.millwright.node.st.doc;

/// The words of the pages.
enum Label {
    CONTENTS("Contents", "目录"),
    PROGRAMS("Programs", "程序"),
    FUNCTION_BLOCKS("Function blocks", "功能块"),
    CLASSES("Classes", "类"),
    INTERFACES("Interfaces", "接口"),
    FUNCTIONS("Functions", "函数"),
    TYPES("Types", "类型"),
    GLOBALS("Global variables", "全局变量"),
    INPUTS("Inputs", "输入"),
    OUTPUTS("Outputs", "输出"),
    IN_OUTS("In-outs", "输入输出"),
    RESULT("Result", "返回值"),
    VARIABLES("Variables", "变量"),
    EXTERNALS("External variables", "外部变量"),
    CONSTANTS("Constants", "常量"),
    FIELDS("Fields", "字段"),
    VALUES("Values", "枚举值"),
    MEMBERS("Methods, properties and actions", "方法、属性与动作"),
    USES("Uses", "使用"),
    USED_BY("Used by", "被使用"),
    NOTHING("nothing of this program", "无"),
    SOURCE("Source", "源代码"),
    NAME("Name", "名称"),
    TYPE("Type", "类型"),
    INITIAL("Initial value", "初始值"),
    COMMENT("Comment", "注释"),
    SEARCH("Search", "搜索"),
    NONE_FOUND("Nothing has this name", "没有匹配的名称"),
    APPEARANCE("Light or dark", "切换明暗"),
    LINE("line", "行"),
    MADE("Made by mw st doc", "由 mw st doc 生成");

    private final String english;
    private final String chinese;

    Label(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    String in(Language language) {
        return language == Language.ZH ? chinese : english;
    }

    /// The languages of the pages.
    enum Language {
        EN,
        ZH
    }
}
